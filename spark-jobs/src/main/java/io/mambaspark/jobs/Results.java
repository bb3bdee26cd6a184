package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.model.ReaderProfile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a job, computed once and kept: sorting samples its input, and what is sampled must not be the model.
 */
final class Results implements AutoCloseable {
    /** Up to here one file holds all rows, so that neither partitions nor cores show in the bytes. */
    private static final long ROWS_OF_ONE_FILE = 200_000;

    private final DocumentTask<?> task;
    private final Dataset<Row> rows;
    private final Dataset<Row> ordered;

    private Results(DocumentTask<?> task, Dataset<Row> rows) {
        this.task = task;
        this.rows = rows;
        this.ordered = ordered(rows.count());
    }

    /** Computes {@code rows}; this is where the model reads. */
    static Results of(DocumentTask<?> task, Dataset<Row> rows) {
        return new Results(task, rows.persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /** Rows as the task orders them; what is still equal (one id twice) by everything else but the time. */
    private Dataset<Row> ordered(long count) {
        List<Column> by = new ArrayList<>(task.order());
        for (String name : rows.columns()) {
            if (!name.equals("seconds")) {
                by.add(col(name));
            }
        }
        return inOrder(rows, count, by);
    }

    /** Puts rows in order; more than one file can hold are computed twice unless they are kept. */
    static Dataset<Row> inOrder(Dataset<Row> rows, long atMost, List<Column> by) {
        Column[] order = by.toArray(new Column[0]);
        return atMost <= ROWS_OF_ONE_FILE ? rows.repartition(1).sortWithinPartitions(order) : rows.orderBy(order);
    }

    /** Writes all rows in order. */
    void write(String path, OutputFormat format) {
        format.write(ordered, path);
    }

    /** Lists all rows in order. */
    void print(Listing listing, ReaderProfile reader) {
        RowListing rowListing = task.rowListing(listing, reader);
        Iterator<Row> iterator = ordered.toLocalIterator();
        while (iterator.hasNext()) {
            Row row = iterator.next();
            String error = row.getString(row.length() - 1);
            if (error == null) {
                rowListing.show(row);
            } else {
                listing.heading(row.getString(0), "failed");
                listing.paragraph(error);
            }
        }
        rowListing.end();
        listing.end();
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}

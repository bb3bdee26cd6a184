package io.mambaspark.index.build;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/**
 * The passages among rows of {@link Columns#ofShardInput}, which are in the order of document and passage, so that a document's
 * own row, if there is one, is in front of its passages: those of a document that failed are left out.
 */
final class ValidRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private String failed;
    private Row next;

    ValidRows(Iterator<Row> rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            take(rows.next());
        }
        return next != null;
    }

    private void take(Row row) {
        String id = row.getAs(Columns.DOC_ID);
        if (row.getAs(Columns.PASSAGE) != null) {
            next = id.equals(failed) ? null : row;
        } else if (row.getAs(Columns.ERROR) != null) {
            failed = id;
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        TaskContext context = TaskContext.get();
        if (context != null && context.isInterrupted()) {
            throw new TaskKilledException();
        }
        Row row = next;
        next = null;
        return row;
    }
}

package io.mambaspark.jobs;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What a job does with documents, and the rows that come of it. Travels to the executors.
 *
 * @param <T> what the model makes of a document, or of a part of it
 */
interface DocumentTask<T> extends Serializable {
    /**
     * Refuses a model that cannot do it.
     *
     * @throws UsageException if it cannot
     */
    default void check(ReaderProfile reader) {}

    /** The columns: {@code id} first, {@code error} last. */
    StructType schema();

    /** The order of all rows; what is still equal is ordered by the other columns. */
    List<Column> order();

    /** Reads documents. */
    Outcomes<T> read(MambaModel model, Iterator<Document> documents);

    /** The rows of one outcome. */
    List<Row> rows(OpenDocument document, T value);

    /** The row of a document that failed, nulls between its id and {@code error}. */
    default Row failure(String id, String error) {
        Object[] values = new Object[schema().size()];
        values[0] = id;
        values[values.length - 1] = error;
        return RowFactory.create(values);
    }

    /**
     * How people are shown the rows.
     *
     * @param reader the model that read
     */
    RowListing rowListing(Listing listing, ReaderProfile reader);
}

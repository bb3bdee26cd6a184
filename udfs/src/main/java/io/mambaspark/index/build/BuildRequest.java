package io.mambaspark.index.build;

import io.mambaspark.index.BuildListener;
import io.mambaspark.index.Passages;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a build was asked for.
 *
 * @param documents    one row a document
 * @param idColumn     names it
 * @param textColumn   is read
 * @param keptColumns  are kept
 * @param shards       how many to make; 0 for as many as the passages need
 * @param passages     what of a document becomes a passage
 * @param singleWriter whether the caller answers for it that nobody else changes the index
 * @param listener     hears how far the build is
 */
public record BuildRequest(
        Dataset<Row> documents,
        String idColumn,
        String textColumn,
        List<String> keptColumns,
        int shards,
        Passages passages,
        boolean singleWriter,
        BuildListener listener) {
    /** The same with other kept columns. */
    BuildRequest keeping(List<String> columns) {
        return new BuildRequest(documents, idColumn, textColumn, columns, shards, passages, singleWriter, listener);
    }
}

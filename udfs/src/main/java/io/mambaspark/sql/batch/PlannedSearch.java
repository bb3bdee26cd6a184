package io.mambaspark.sql.batch;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.SearchOptions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A search that is asked for and has not begun.
 *
 * @param index   as it was when the query was analyzed
 * @param path    of the index
 * @param options how to search
 */
record PlannedSearch(MambaIndex index, String path, SearchOptions options) {
    /**
     * The columns of what it finds, without searching.
     *
     * @param queries the columns of the queries
     * @throws io.mambaspark.sql.MambaException when the options do not go with the index, or the queries lack a column
     */
    StructType schema(SparkSession session, StructType queries) {
        return index.search(session.createDataFrame(List.of(), queries), options)
                .schema();
    }

    Dataset<Row> of(Dataset<Row> queries) {
        return index.search(queries, options);
    }

    /** As EXPLAIN shows it. */
    @Override
    public String toString() {
        return path + ", " + options.mode() + ", best " + options.numResults()
                + (options.groupByDocument() ? " documents" : " passages")
                + (options.filter() == null ? "" : " where " + options.filter())
                + (options.exact() ? ", exact" : "")
                + (options.allowPartial() ? ", may be partial" : "");
    }
}

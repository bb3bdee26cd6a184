package io.mambaspark.sql.batch;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.SearchOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A search that is asked for and has not begun.
 *
 * @param index   as it was when the query was analyzed
 * @param path    of the index
 * @param options how to search
 */
record PlannedSearch(MambaIndex index, String path, SearchOptions options) {
    /** Begins. */
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

package io.mambaspark.jobs;

import org.apache.spark.sql.Row;

/** Shows the rows of a job to people, in the order of its output. */
interface RowListing {
    /** Shows a row without an error. */
    void show(Row row);

    /** Shows what could not be shown before the last row was there. */
    default void end() {}
}

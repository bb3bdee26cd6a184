package io.mambaspark.jobs;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table of documents, one each row, with all of its columns.
 *
 * @param rows the table
 * @param id   the column of their ids
 * @param text the column of their texts
 */
record DocumentTable(Dataset<Row> rows, String id, String text) {}

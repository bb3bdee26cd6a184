package io.mambaspark.index.build;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** How Parquet is written here. */
final class SparkFiles {
    /** What a task holds before it writes: vectors are large, and Parquet's 128 MiB are too much beside a model. */
    private static final String ROW_GROUP_BYTES = Integer.toString(16 << 20);

    private SparkFiles() {}

    /** Writes to a folder that must not exist. */
    static void write(Dataset<Row> rows, String folder) {
        rows.write()
                .mode(SaveMode.ErrorIfExists)
                .option("parquet.block.size", ROW_GROUP_BYTES)
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "true")
                .parquet(folder);
    }
}

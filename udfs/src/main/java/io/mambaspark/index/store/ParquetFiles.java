package io.mambaspark.index.store;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** How the Parquet files of an index are read. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /** All rows, or a failure: what a session says of files that are broken or missing does not hold for an index. */
    public static Dataset<Row> read(SparkSession spark, StructType schema, String... files) {
        return spark.read()
                .option("ignoreCorruptFiles", "false")
                .option("ignoreMissingFiles", "false")
                .schema(schema)
                .parquet(files);
    }
}

package io.mambaspark.index.store;

import io.mambaspark.sql.MambaSqlException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** How the Parquet files of an index are read. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /**
     * All rows, or a failure: what a session says of files that are broken or missing does not hold for an index.
     *
     * @param paths of files or folders as they are: nothing in them is a pattern
     */
    public static Dataset<Row> read(SparkSession spark, StructType schema, String... paths) {
        String[] escaped = new String[paths.length];
        for (int i = 0; i < paths.length; i++) {
            escaped[i] = escaped(paths[i]);
        }
        return spark.read()
                .option("ignoreCorruptFiles", "false")
                .option("ignoreMissingFiles", "false")
                .schema(schema)
                .parquet(escaped);
    }

    /**
     * The same of files that are compared with their checksums first, as long as this driver has not seen them.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT or MAMBA_INDEX_UNREADABLE
     */
    public static Dataset<Row> verified(
            SparkSession spark, IndexFolder folder, StructType schema, List<StoredFile> files) {
        VerifiedFiles.require(spark, folder, files);
        return read(
                spark,
                schema,
                files.stream().map(file -> folder.at(file.name())).toArray(String[]::new));
    }

    /** Spark takes each path for a pattern of Hadoop's. */
    private static String escaped(String path) {
        return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }
}

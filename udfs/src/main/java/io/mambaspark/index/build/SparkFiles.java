package io.mambaspark.index.build;

import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.StoredFile;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** How Parquet is written here. */
final class SparkFiles {
    /** What a task holds before it writes: vectors are large, and Parquet's 128 MiB are too much beside a model. */
    private static final String ROW_GROUP_BYTES = Integer.toString(16 << 20);

    private SparkFiles() {}

    /**
     * Writes.
     *
     * @param path of a folder that must not exist, from the index's folder on
     * @return the files in it
     */
    static List<StoredFile> write(SparkSession spark, Dataset<Row> rows, IndexFolder folder, String path) {
        folder.makeFolder(path.substring(0, path.lastIndexOf('/'))); // Spark's own errors of this carry no condition
        rows.write()
                .mode(SaveMode.ErrorIfExists)
                .option("parquet.block.size", ROW_GROUP_BYTES)
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "true")
                .parquet(folder.at(path));
        List<String> names =
                names(folder, path).stream().map(name -> path + '/' + name).toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(names, Math.max(1, names.size()))
                .map(folder::stored)
                .collect();
    }

    /** The names of the Parquet files in a folder. */
    static List<String> names(IndexFolder folder, String path) {
        try {
            return folder.names(path).stream()
                    .filter(name -> name.endsWith(".parquet"))
                    .toList();
        } catch (IOException e) {
            throw IndexFailure.reading(folder.at(path), e);
        }
    }
}

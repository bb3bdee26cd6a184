package io.mambaspark.index.store;

import io.mambaspark.index.Damage;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Compares files with what they were when they were written. Returns null for a file that is the same.
 *
 * @param folder of the index
 */
public record FileComparison(IndexFolder folder) implements Function<StoredFile, Damage> {
    /** The files that are not what they were, compared by the executors; each file is read whole. */
    public static List<Damage> of(SparkSession spark, IndexFolder folder, List<StoredFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        FileComparison comparison = new FileComparison(folder);
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, files.size())
                .map(comparison)
                .filter(damage -> damage != null)
                .collect();
    }

    @Override
    public Damage call(StoredFile written) {
        try (InputStream in = folder.open(written.name())) {
            StoredFile now = written.copyNow(in, OutputStream.nullOutputStream());
            if (now.length() != written.length()) {
                String longer = now.length() > written.length() ? "more than " : now.length() + " bytes, not ";
                return new Damage(written.name(), "it has " + longer + written.length());
            }
            return now.equals(written)
                    ? null
                    : new Damage(written.name(), "its checksum is " + now.sha256() + ", not " + written.sha256());
        } catch (IOException | FSError | MambaSqlException e) {
            return new Damage(written.name(), "it cannot be read: " + e.getMessage());
        }
    }
}

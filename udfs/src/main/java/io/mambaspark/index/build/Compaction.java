package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.lit;

import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes the passages of several generations that can be found as one, out of their Parquet files. */
final class Compaction {
    private Compaction() {}

    /**
     * The new generation; empty if nothing can be found.
     *
     * @param index with the generations to write
     */
    static Optional<Generation> of(SparkSession spark, IndexFolder folder, Change change, Manifest index) {
        if (index.generations().isEmpty()) {
            return Optional.empty();
        }
        StructType kept = index.keptSchema();
        Dataset<Row> rows = new LivePassages(spark, folder, kept)
                .of(index.generations())
                .withColumn(Columns.ERROR, lit(null).cast(DataTypes.StringType));
        if (!kept.isEmpty()) {
            rows = rows.withColumn(Columns.KEPT, Documents.keptStruct(kept));
        }
        int shards = GenerationWriter.shards(
                0, index.shards().mapToLong(ShardEntry::livePassages).sum());
        return new GenerationWriter(spark, folder, change.name(), index, kept)
                .write(rows, IndexFolder.PASSAGES, shards);
    }
}

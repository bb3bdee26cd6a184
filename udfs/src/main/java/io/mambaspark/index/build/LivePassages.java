package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ParquetFiles;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.roaringbitmap.RoaringBitmap;

/** The passages of an index that can be found, out of its Parquet files. */
final class LivePassages {
    private final SparkSession spark;
    private final IndexFolder folder;
    private final StructType kept;

    /** What was deleted of a generation, by the number of the shard. */
    record DeadOrdinals(Map<Integer, RoaringBitmap> byShard) implements Serializable {
        boolean contain(int shard, int ordinal) {
            RoaringBitmap ofShard = byShard.get(shard);
            return ofShard != null && ofShard.contains(ordinal);
        }
    }

    LivePassages(SparkSession spark, IndexFolder folder, StructType kept) {
        this.spark = spark;
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * All columns of all generations, and the number of the generation; there must be one at least.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT or MAMBA_INDEX_UNREADABLE
     */
    Dataset<Row> of(List<Generation> generations) {
        Dataset<Row> all = null;
        for (int i = 0; i < generations.size(); i++) {
            Dataset<Row> rows = live(generations.get(i)).withColumn(Columns.GENERATION, lit(i));
            all = all == null ? rows : all.unionByName(rows);
        }
        return all;
    }

    private Dataset<Row> live(Generation generation) {
        // Known, so that no job goes through the files to find out.
        Dataset<Row> rows = ParquetFiles.verified(spark, folder, Columns.ofFiles(kept), generation.passages());
        DeadOrdinals deleted = deleted(generation);
        if (deleted.byShard().isEmpty()) {
            return rows;
        }
        // No broadcast: its classes would have to be on an executor from its start.
        UserDefinedFunction isLive = udf(
                (UDF2<Integer, Integer, Boolean>) (shard, ordinal) -> !deleted.contain(shard, ordinal),
                DataTypes.BooleanType);
        return rows.filter(isLive.apply(col(Columns.SHARD), col(Columns.ORDINAL)));
    }

    private DeadOrdinals deleted(Generation generation) {
        Map<Integer, RoaringBitmap> deleted = new HashMap<>();
        for (ShardEntry shard : generation.shards()) {
            if (shard.deleted() != null) {
                deleted.put(shard.number(), folder.deleted(shard));
            }
        }
        return new DeadOrdinals(deleted);
    }
}

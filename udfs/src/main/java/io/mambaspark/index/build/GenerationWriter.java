package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.KeptJson;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes a generation: Parquet files of passages, and shards of the same passages in the same order. */
final class GenerationWriter {
    /** A shard of so many is built and searched in seconds and has some 500 MB. */
    private static final long PASSAGES_OF_A_SHARD = 200_000;

    private final SparkSession spark;
    private final IndexFolder folder;
    private final String change;
    private final int dimension;
    private final IndexTerms terms;
    private final StructType kept;

    /** @param index that the generation is for */
    GenerationWriter(SparkSession spark, IndexFolder folder, String change, Manifest index, StructType kept) {
        this.spark = spark;
        this.folder = folder;
        this.change = change;
        this.dimension = index.model().dimension();
        this.terms = index.terms();
        this.kept = kept;
    }

    /** How many shards to make; {@code asked} decides unless it is 0. */
    static int shards(int asked, long passages) {
        return asked > 0 ? asked : (int) (1 + Math.max(0, passages - 1) / PASSAGES_OF_A_SHARD);
    }

    /**
     * Writes it.
     *
     * @param rows   of rounds, or passages with an empty column error
     * @param source the folder of their files, from the index's folder on
     * @param shards how many to make; those to which no document falls are left out
     * @return empty if there are no passages
     */
    Optional<Generation> write(Dataset<Row> rows, String source, int shards) {
        // Both jobs below read the files of one shuffle, in one order.
        JavaRDD<Row> sorted = input(rows)
                .repartition(shards, col(Columns.DOC_ID))
                .sortWithinPartitions(Columns.DOC_ID, Columns.PASSAGE)
                .toJavaRDD();
        List<ShardEntry> entries = new ArrayList<>(
                sorted.mapPartitionsWithIndex(new BuildShard(folder, change, dimension, terms, source), true)
                        .collect());
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        entries.sort(Comparator.comparingInt(ShardEntry::number));
        return Optional.of(new Generation(change, passages(sorted), entries));
    }

    private Dataset<Row> input(Dataset<Row> rows) {
        Dataset<Row> all =
                kept.isEmpty() ? rows : rows.withColumn(Columns.KEPT_JSON, KeptJson.write(col(Columns.KEPT)));
        return all.select(
                Columns.ofShardInput(kept).stream().map(name -> col(name)).toArray(Column[]::new));
    }

    private List<StoredFile> passages(JavaRDD<Row> sorted) {
        String path = IndexFolder.PASSAGES + '/' + change;
        JavaRDD<Row> rows = sorted.mapPartitionsWithIndex(new PassageRows(!kept.isEmpty()), true);
        return SparkFiles.write(spark, flat(spark.createDataFrame(rows, Columns.ofPassages(kept))), folder, path);
    }

    private Dataset<Row> flat(Dataset<Row> passages) {
        if (kept.isEmpty()) {
            return passages;
        }
        List<Column> columns = new ArrayList<>();
        for (String name : passages.columns()) {
            columns.add(col(name.equals(Columns.KEPT) ? Columns.KEPT + ".*" : name));
        }
        return passages.select(columns.toArray(new Column[0]));
    }
}

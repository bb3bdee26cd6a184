package io.mambaspark.index.search;

import io.mambaspark.index.Passages;
import io.mambaspark.index.shard.MadeUpShard;
import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.ModelHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** An index of passages with made-up vectors, as a build would have left it. */
record MadeUpIndex(IndexFolder folder, Manifest manifest) {
    private static final StructType COLUMNS =
            StructType.fromDDL("doc_id STRING, passage INT, start INT, end INT, year INT, shard INT, ordinal INT");

    private static final String GENERATION = "000001-0000000000000000";

    static final ModelHandle MODEL = ModelHandle.of(ModelHandle.BUILT_IN);

    /** Writes an index; documents are dealt to shards by their ids. */
    static MadeUpIndex write(SparkSession spark, Path folder, List<ShardPassage> passages, int shards) {
        IndexFolder index = IndexFolder.of(spark, folder.toString());
        List<ShardEntry> entries = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            int number = shard;
            List<ShardPassage> part = passages.stream()
                    .filter(passage -> Math.floorMod(passage.docId().hashCode(), shards) == number)
                    .toList();
            entries.add(MadeUpShard.write(folder, number, part));
            for (int ordinal = 0; ordinal < part.size(); ordinal++) {
                ShardPassage passage = part.get(ordinal);
                rows.add(RowFactory.create(
                        passage.docId(),
                        passage.passage(),
                        passage.start(),
                        passage.end(),
                        year(passage),
                        number,
                        ordinal));
            }
        }
        spark.createDataFrame(rows, COLUMNS)
                .repartition(2)
                .write()
                .parquet(folder.resolve("passages/" + GENERATION).toString());
        Generation generation = new Generation(
                GENERATION,
                MadeUpShard.files(folder.resolve("passages/" + GENERATION), "passages/" + GENERATION + "/"),
                entries);
        return new MadeUpIndex(
                index,
                new Manifest(
                        Manifest.FORMAT,
                        1,
                        0,
                        new IndexModel(
                                "made up", MODEL.fingerprint(), passages.get(0).vector().length),
                        Passages.RULE,
                        "year INT",
                        MadeUpShard.TERMS,
                        List.of(generation)));
    }

    /** The same index with other shards in its only generation. */
    MadeUpIndex with(List<ShardEntry> shards) {
        Generation one = manifest.generations().get(0);
        return new MadeUpIndex(folder, manifest.next(2, List.of(new Generation(one.name(), one.passages(), shards))));
    }

    IndexSearch search(SparkSession spark) {
        return new IndexSearch(spark, folder, manifest);
    }

    static int year(ShardPassage passage) {
        return Integer.parseInt(passage.kept().replaceAll("\\D", ""));
    }
}

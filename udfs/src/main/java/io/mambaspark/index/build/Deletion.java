package io.mambaspark.index.build;

import io.mambaspark.index.store.DeletedFile;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;
import scala.Tuple2;

/**
 * Documents taken out of an index: a bitmap of dead ordinals for each shard that has some. Shards and Parquet files stay as they
 * are.
 *
 * @param generations with what is deleted now
 * @param documents   how many documents are gone
 */
record Deletion(List<Generation> generations, long documents) {
    /** What dies in one shard. */
    static final class Dead implements Serializable {
        private static final long serialVersionUID = 1L;

        private final RoaringBitmap ordinals = new RoaringBitmap();
        private long documents;

        private Dead add(int ordinal, boolean first) {
            ordinals.add(ordinal);
            documents += first ? 1 : 0;
            return this;
        }

        private Dead add(Dead other) {
            ordinals.or(other.ordinals);
            documents += other.documents;
            return this;
        }
    }

    /** Which shard. */
    record Shard(int generation, int number) implements Serializable {}

    /** A passage of a shard; the first one stands for its document. */
    record Ordinal(int ordinal, boolean first) implements Serializable {}

    /**
     * Writes what is deleted.
     *
     * @param passages   of the index
     * @param change     whose files they are
     * @param ids        doc_id of the documents to delete; those that the index does not have are passed over
     */
    static Deletion of(
            LivePassages passages, IndexFolder folder, String change, List<Generation> generations, Dataset<Row> ids) {
        if (generations.isEmpty()) {
            return new Deletion(generations, 0);
        }
        Map<Shard, Dead> dead = find(passages.of(generations), ids);
        List<Generation> now = new ArrayList<>();
        for (int i = 0; i < generations.size(); i++) {
            now.add(without(folder, change, generations.get(i), i, dead));
        }
        return new Deletion(
                now,
                dead.values().stream().mapToLong(ofShard -> ofShard.documents).sum());
    }

    private static Map<Shard, Dead> find(Dataset<Row> live, Dataset<Row> ids) {
        return live.select(Columns.DOC_ID, Columns.GENERATION, Columns.SHARD, Columns.ORDINAL, Columns.PASSAGE)
                .join(ids.select(Columns.DOC_ID), new String[] {Columns.DOC_ID}, "left_semi")
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(
                        new Shard(row.getInt(1), row.getInt(2)), new Ordinal(row.getInt(3), row.getInt(4) == 0)))
                .aggregateByKey(new Dead(), (all, one) -> all.add(one.ordinal(), one.first()), Dead::add)
                .collectAsMap();
    }

    private static Generation without(
            IndexFolder folder, String change, Generation generation, int number, Map<Shard, Dead> dead) {
        List<ShardEntry> shards = generation.shards().stream()
                .map(shard -> {
                    Dead ofShard = dead.get(new Shard(number, shard.number()));
                    return ofShard == null ? shard : without(folder, change, generation, shard, ofShard);
                })
                .toList();
        return new Generation(generation.name(), generation.passages(), shards);
    }

    private static ShardEntry without(
            IndexFolder folder, String change, Generation generation, ShardEntry shard, Dead dead) {
        if (Integer.toUnsignedLong(dead.ordinals.last()) >= shard.passages()) {
            throw IndexFailure.corrupt(
                    folder,
                    IndexFolder.PASSAGES + '/' + generation.name(),
                    Columns.ORDINAL,
                    dead.ordinals.last(),
                    "0 or more, below " + shard.passages());
        }
        String name = IndexFolder.DELETED + '/' + change + '/' + generation.name() + '-' + shard.number() + ".roaring";
        RoaringBitmap all = RoaringBitmap.or(folder.deleted(shard), dead.ordinals);
        long documents =
                dead.documents + (shard.deleted() == null ? 0 : shard.deleted().documents());
        try {
            return shard.without(DeletedFile.write(folder, name, all, documents));
        } catch (IOException | FSError e) {
            throw IndexFailure.writing(folder.at(name), e);
        }
    }
}

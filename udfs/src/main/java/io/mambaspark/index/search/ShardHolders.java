package io.mambaspark.index.search;

import java.io.Serializable;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Tells the driver which executors have opened which shards, so that later tasks go where the files are. What it says is a
 * preference only: an executor may be gone, or may have dropped the shard.
 *
 * <p>Hazard: the driver reads accumulators by the class loader that it started with, which in a session that got the jar late does
 * not have our classes. So this one is Spark's own, of strings.
 */
final class ShardHolders implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Searches that may still have something to say. */
    private static final int SEARCHES = 64;

    /** On the driver: places by checksum. */
    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

    /** On the driver: what the latest searches were told. */
    private static final Deque<CollectionAccumulator<String>> LATEST = new ConcurrentLinkedDeque<>();

    private final CollectionAccumulator<String> opened;

    /** Of one search. */
    ShardHolders(SparkContext spark) {
        opened = spark.collectionAccumulator("shards opened for mamba_search");
        LATEST.addLast(opened);
        if (LATEST.size() > SEARCHES) {
            LATEST.pollFirst();
        }
    }

    /** Where tasks of a shard should run; empty if that is not known. */
    static List<String> places(String checksum) {
        LATEST.forEach(told -> told.value().forEach(ShardHolders::learn));
        return List.copyOf(KNOWN.getOrDefault(checksum, Set.of()));
    }

    private static void learn(String holder) {
        int blank = holder.indexOf(' ');
        KNOWN.computeIfAbsent(holder.substring(0, blank), checksum -> ConcurrentHashMap.newKeySet())
                .add(holder.substring(blank + 1));
    }

    /** Says that this executor has a shard: its checksum, a blank, and what Spark calls the executor as a place for a task. */
    void add(String checksum) {
        BlockManagerId executor = SparkEnv.get().blockManager().blockManagerId();
        opened.add(checksum + " executor_" + executor.host() + "_" + executor.executorId());
    }
}

package io.mambaspark.index.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.AccumulatorV2;

/**
 * Tells the driver which executors have opened which shards, so that later tasks go where the files are. What it says is a
 * preference only: an executor may be gone, or may have dropped the shard.
 */
final class ShardHolders extends AccumulatorV2<String, List<ShardHolders.Holder>> {
    private static final long serialVersionUID = 1L;

    /** On the driver: places by checksum. */
    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

    private final List<Holder> holders = new ArrayList<>();

    /**
     * Who holds a shard.
     *
     * @param place as Spark names an executor as a place for a task
     */
    record Holder(String checksum, String place) implements Serializable {}

    /** Where tasks of a shard should run; empty if that is not known. */
    static List<String> places(String checksum) {
        return List.copyOf(KNOWN.getOrDefault(checksum, Set.of()));
    }

    /** Says that this executor has a shard. */
    @Override
    public void add(String checksum) {
        SparkEnv env = SparkEnv.get();
        BlockManagerId executor = env.blockManager().blockManagerId();
        holders.add(new Holder(checksum, "executor_" + executor.host() + "_" + executor.executorId()));
    }

    @Override
    public void merge(AccumulatorV2<String, List<Holder>> other) {
        for (Holder holder : other.value()) {
            KNOWN.computeIfAbsent(holder.checksum(), checksum -> ConcurrentHashMap.newKeySet())
                    .add(holder.place());
        }
    }

    @Override
    public boolean isZero() {
        return holders.isEmpty();
    }

    @Override
    public AccumulatorV2<String, List<Holder>> copy() {
        ShardHolders copy = new ShardHolders();
        copy.holders.addAll(holders);
        return copy;
    }

    @Override
    public void reset() {
        holders.clear();
    }

    @Override
    public List<Holder> value() {
        return holders;
    }
}

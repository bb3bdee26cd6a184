package io.mambaspark.index.store;

import java.io.Serializable;
import java.util.List;

/**
 * What one build added to an index.
 *
 * @param name     unique in the index
 * @param passages its Parquet files; paths from the index's folder on. The rows of a shard are in the order of their
 *                 ordinals
 * @param shards   by number, from 0
 */
public record Generation(String name, List<StoredFile> passages, List<ShardEntry> shards) implements Serializable {
    /** Takes copies of the lists. */
    public Generation {
        passages = List.copyOf(passages);
        shards = List.copyOf(shards);
    }
}

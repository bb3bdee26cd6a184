package io.mambaspark.index.search;

import io.mambaspark.index.shard.ShardReader;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tasks know of an index.
 *
 * @param shards of all generations; a shard's place here is its number in the search
 * @param terms  how words became terms
 * @param reader who searches it
 */
record SearchedIndex(IndexFolder folder, List<ShardEntry> shards, IndexTerms terms, ShardReader reader)
        implements Serializable {
    /** How many passages can be found, 1 at least; without those of the {@code missing} shards. */
    long passages(String[] missing) {
        Set<String> leftOut = Set.of(missing);
        return Math.max(
                1,
                shards.stream()
                        .filter(shard -> !leftOut.contains(shard.path()))
                        .mapToLong(ShardEntry::livePassages)
                        .sum());
    }

    /**
     * Refuses an answer of no shard at all.
     *
     * @param missing the shards that are left out
     * @throws MambaSqlException MAMBA_INDEX_NO_SHARD_LEFT
     */
    void requireSome(String[] missing) {
        if (missing.length == shards.size()) {
            throw MambaSqlException.of(
                    "MAMBA_INDEX_NO_SHARD_LEFT",
                    Map.of("shards", Integer.toString(missing.length), "index", folder.root()));
        }
    }
}

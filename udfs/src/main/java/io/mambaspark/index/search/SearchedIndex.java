package io.mambaspark.index.search;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import java.io.Serializable;
import java.util.List;

/**
 * What tasks know of an index.
 *
 * @param shards of all generations; a shard's place here is its number in the search
 */
record SearchedIndex(IndexFolder folder, List<ShardEntry> shards) implements Serializable {}

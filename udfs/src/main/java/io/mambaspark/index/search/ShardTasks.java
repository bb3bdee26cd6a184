package io.mambaspark.index.search;

import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the shards of an index in tasks. It travels with them: what is broadcast must be of classes that an executor has from its
 * start, and a notebook's session brings the jar later.
 *
 * @param cacheBytes   what shards may take on an executor's disk
 * @param allowPartial whether a broken shard is left out
 * @param holders      hears who has what
 */
record ShardTasks(SearchedIndex index, long cacheBytes, boolean allowPartial, ShardHolders holders)
        implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardTasks.class);

    /**
     * The shard of this number, until the task ends.
     *
     * @return null if it is broken and may be left out
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN
     */
    Shard open(int number) {
        ShardEntry entry = entry(number);
        try {
            ShardCache.Lease lease = ShardCache.ofThisJvm().open(index.folder(), entry, cacheBytes);
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> lease.close());
            holders.add(entry.checksum());
            return lease.shard();
        } catch (MambaSqlException e) {
            if (!allowPartial) {
                throw e;
            }
            LOG.warn("The search goes on without the shard {}", entry.path(), e);
            return null;
        }
    }

    /** What a user calls the shard. */
    String name(int number) {
        return entry(number).path();
    }

    /** The ordinals of what was deleted; null if nothing was. */
    RoaringBitmap deleted(int number) {
        try {
            return entry(number).deleted() == null ? null : index.folder().deleted(entry(number));
        } catch (IOException e) {
            throw new UncheckedIOException("what was deleted of the shard " + name(number) + " cannot be read", e);
        }
    }

    private ShardEntry entry(int number) {
        return index.shards().get(number);
    }
}

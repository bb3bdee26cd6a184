package io.mambaspark.index.search;

import io.mambaspark.error.MambaError;
import io.mambaspark.index.shard.ForgedSize;
import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
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
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN; also where it may be left out, what is wrong with this executor
     */
    Shard open(int number) {
        ShardEntry entry = entry(number);
        return orLeftOut(number, () -> {
            ShardCache.Lease lease = ShardCache.ofThisJvm().open(index.folder(), entry, index.reader(), cacheBytes);
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> lease.close());
            holders.add(entry.checksum());
            return lease.shard();
        });
    }

    /**
     * What a shard that is open says. Its bytes are those that the manifest names, but whoever wrote both may have written anything:
     * whatever Lucene stumbles over is the shard's fault.
     *
     * @return null if it is broken and may be left out
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN
     */
    <A> A ask(int number, Supplier<A> question) {
        return orLeftOut(number, () -> {
            try {
                return question.get();
            } catch (TaskKilledException e) {
                throw e;
            } catch (OutOfMemoryError e) {
                if (!ForgedSize.explains(e, entry(number).bytes())) {
                    throw e;
                }
                throw broken(number, "it claims an impossible size", e);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                if (e instanceof MambaError.Carrier) {
                    throw e;
                }
                throw broken(number, e.toString(), e);
            }
        });
    }

    private MambaSqlException broken(int number, String why, Throwable cause) {
        return MambaSqlException.of(
                ShardCache.BROKEN,
                Map.of(
                        "shard",
                        name(number),
                        "index",
                        index.folder().root(),
                        "problem",
                        "Lucene cannot search it: " + why),
                cause);
    }

    private <A> A orLeftOut(int number, Supplier<A> work) {
        try {
            return work.get();
        } catch (MambaSqlException e) {
            if (!allowPartial || !e.getCondition().equals(ShardCache.BROKEN)) {
                throw e;
            }
            LOG.warn("The search continues without the shard {}", name(number), e);
            return null;
        }
    }

    /** What a user calls the shard. */
    String name(int number) {
        return entry(number).path();
    }

    /** The ordinals of what was deleted; null if nothing was. */
    RoaringBitmap deleted(int number) {
        return entry(number).deleted() == null ? null : index.folder().deleted(entry(number));
    }

    private ShardEntry entry(int number) {
        return index.shards().get(number);
    }
}

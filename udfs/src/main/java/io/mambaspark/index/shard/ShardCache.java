package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalFolder;
import io.mambaspark.sql.MambaSqlException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The shards that this JVM has on its local disk, open: each is copied once, and checked while it is copied. Named by their
 * content, so that a new version of an index finds the shards that it shares with the one before. Thread-safe; tasks that ask for
 * a shard while it is copied wait for it, others do not.
 */
public final class ShardCache {
    private static final ShardCache OF_THIS_JVM = new ShardCache(LocalFolder::find);

    private final LocalCopies copies;
    private final AtomicLong copied = new AtomicLong();
    /** By checksum, the one that was asked for longest ago first. */
    private final LinkedHashMap<String, CachedShard> shards = new LinkedHashMap<>(16, 0.75f, true);

    /** Finds the folder of the copies when the first one is made. */
    @FunctionalInterface
    interface Place {
        Path find();
    }

    ShardCache(Place place) {
        this.copies = new LocalCopies(place);
    }

    /** The cache of this JVM. */
    public static ShardCache ofThisJvm() {
        return OF_THIS_JVM;
    }

    /**
     * A shard, to be closed after use: until then it stays.
     *
     * @param maxBytes what all shards may take on the disk. If those in use take more they stay, and go when they are closed
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN if a file is missing or is not what was written
     */
    public Lease open(IndexFolder folder, ShardEntry entry, long maxBytes) {
        CachedShard cached = claim(entry, maxBytes);
        try {
            Shard shard = cached.get(() -> copy(folder, entry));
            return new Lease(shard, () -> release(cached, maxBytes));
        } catch (RuntimeException | Error e) {
            release(cached, maxBytes);
            throw e;
        }
    }

    /** How often this JVM has copied a shard. */
    public long copied() {
        return copied.get();
    }

    /** The bytes of the shards that are on the disk, or on their way there. */
    public synchronized long bytes() {
        return shards.values().stream().mapToLong(CachedShard::bytes).sum();
    }

    private Shard copy(IndexFolder folder, ShardEntry entry) {
        Path local = copies.copy(folder, entry);
        copied.incrementAndGet();
        return Shard.open(local);
    }

    private synchronized CachedShard claim(ShardEntry entry, long maxBytes) {
        CachedShard cached =
                shards.computeIfAbsent(entry.checksum(), checksum -> new CachedShard(checksum, entry.bytes()));
        cached.claim();
        makeRoom(maxBytes);
        return cached;
    }

    private synchronized void release(CachedShard cached, long maxBytes) {
        cached.release();
        if (cached.idle() && !cached.present()) {
            // It could not be copied: the next one who asks tries again.
            shards.remove(cached.checksum(), cached);
        }
        makeRoom(maxBytes);
    }

    private synchronized void makeRoom(long maxBytes) {
        long bytes = bytes();
        for (var each = shards.entrySet().iterator(); bytes > maxBytes && each.hasNext(); ) {
            Map.Entry<String, CachedShard> oldest = each.next();
            CachedShard cached = oldest.getValue();
            if (cached.idle()) {
                each.remove();
                bytes -= cached.bytes();
                cached.close();
                copies.delete(cached.checksum());
            }
        }
    }

    /** A shard in use. */
    public static final class Lease implements AutoCloseable {
        private final Shard shard;
        private Runnable end;

        private Lease(Shard shard, Runnable end) {
            this.shard = shard;
            this.end = end;
        }

        /** The shard. */
        public Shard shard() {
            return shard;
        }

        /** Ends the use; the second time nothing happens. */
        @Override
        public synchronized void close() {
            Runnable once = end;
            end = null;
            if (once != null) {
                once.run();
            }
        }
    }
}

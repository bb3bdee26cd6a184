package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalFolder;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The shards that this JVM has on its local disk, open: each is copied once, and checked while it is copied. Named by their
 * index and their verified content, so that a new version of an index finds the shards that it shares with the one before, and
 * another index none of them. Who cannot read an index itself gets no copy of it. Thread-safe; tasks that ask for a shard while
 * it is copied wait for it, others do not.
 */
public final class ShardCache {
    /** The condition of a shard that cannot be searched. */
    public static final String BROKEN = "MAMBA_INDEX_SHARD_BROKEN";

    private static final ShardCache OF_THIS_JVM = new ShardCache(LocalFolder::find);

    private final LocalCopies copies;
    private final Admissions admissions = new Admissions();
    private final AtomicLong copied = new AtomicLong();
    /** By key, the one that was asked for longest ago first. */
    private final LinkedHashMap<String, CachedShard> shards = new LinkedHashMap<>(16, 0.75f, true);

    /** The disk of the copies. */
    @FunctionalInterface
    interface Place {
        /** The folder for the copies; asked for when the first one is made. */
        Path find();

        /** Creates a file that does not exist: nothing is ever written to or through one that does. */
        default OutputStream create(Path file) throws IOException {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
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
     * @param reader   for whom
     * @param maxBytes what all shards may take on the disk. If those in use take more they stay, and go when they are closed
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN if a file is missing, cannot be read by this user, is not what was
     *                        written or is no Lucene index; MAMBA_INDEX_DISK_FULL or MAMBA_INDEX_NOT_WRITABLE for the local disk
     */
    public Lease open(IndexFolder folder, ShardEntry entry, ShardReader reader, long maxBytes) {
        String key = key(folder, entry);
        CachedShard cached = claim(key, entry, maxBytes);
        try {
            Shard shard = cached.get(() -> copy(folder, entry, key, reader));
            admissions.require(folder, entry, key, reader);
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

    /**
     * The index, the place in it, and the digest of the files; not the one that the manifest claims, as it is these that are compared
     * with the copy.
     */
    private static String key(IndexFolder folder, ShardEntry entry) {
        return folder.root() + ' ' + entry.path() + ' ' + entry.digest();
    }

    private Shard copy(IndexFolder folder, ShardEntry entry, String key, ShardReader reader) {
        Path local = copies.copy(folder, entry);
        try {
            Shard shard = Shard.open(local, folder, entry);
            copied.incrementAndGet();
            admissions.add(key, reader);
            return shard;
        } catch (RuntimeException | Error e) {
            copies.delete(local);
            throw e;
        }
    }

    private synchronized CachedShard claim(String key, ShardEntry entry, long maxBytes) {
        CachedShard cached = shards.computeIfAbsent(key, ignored -> new CachedShard(key, entry.bytes()));
        cached.claim();
        makeRoom(maxBytes);
        return cached;
    }

    private synchronized void release(CachedShard cached, long maxBytes) {
        cached.release();
        if (cached.idle() && !cached.present()) {
            // It could not be copied: the next one who asks tries again.
            shards.remove(cached.key(), cached);
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
                Path local = cached.shard().folder();
                cached.shard().close();
                copies.delete(local);
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

package io.mambaspark.index.shard;

import java.util.function.Supplier;

/** A place in the cache: the shard, once it is there, and who uses it. Claims are counted under the cache's lock. */
final class CachedShard {
    private final String key;
    private final long bytes;
    private int users;
    /** Written under this object's own lock, so that a copy does not hold up the cache. */
    private volatile Shard shard;

    CachedShard(String key, long bytes) {
        this.key = key;
        this.bytes = bytes;
    }

    String key() {
        return key;
    }

    long bytes() {
        return bytes;
    }

    void claim() {
        users++;
    }

    void release() {
        users--;
    }

    boolean idle() {
        return users == 0;
    }

    boolean present() {
        return shard != null;
    }

    /** The shard, opened by the first caller; only for callers with a claim. */
    synchronized Shard get(Supplier<Shard> opener) {
        if (shard == null) {
            shard = opener.get();
        }
        return shard;
    }

    /** The shard that is there. */
    Shard shard() {
        return shard;
    }
}

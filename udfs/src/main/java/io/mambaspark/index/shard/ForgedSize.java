package io.mambaspark.index.shard;

/** Tells a shard that claims a size which it cannot have from a heap that is full: Lucene allocates what a file claims. */
public final class ForgedSize {
    /** So many times its own bytes no part of a shard takes once it is read. */
    private static final int TIMES = 4;

    private ForgedSize() {}

    /**
     * Whether the shard is to blame for a failed allocation: the heap, collected just before it failed, has room for all of the
     * shard several times over.
     *
     * @param shardBytes the size of the shard's files
     */
    public static boolean explains(OutOfMemoryError failure, long shardBytes) {
        Runtime jvm = Runtime.getRuntime();
        return explains(failure, shardBytes, jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory());
    }

    static boolean explains(OutOfMemoryError failure, long shardBytes, long freeBytes) {
        String message = String.valueOf(failure.getMessage());
        boolean ofHeap = message.startsWith("Java heap space") || message.startsWith("Requested array size");
        return ofHeap && freeBytes / TIMES > shardBytes;
    }
}

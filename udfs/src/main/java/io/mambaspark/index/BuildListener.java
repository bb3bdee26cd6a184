package io.mambaspark.index;

/** Hears how far a build is. Called by the thread that builds; what it throws ends the build. */
public interface BuildListener {
    /** Hears nothing. */
    BuildListener NONE = new BuildListener() {};

    /**
     * It is known what is to be read.
     *
     * @param documents that are neither in the index nor left by a build that died
     * @param bytes     of their texts, as UTF-8
     * @param rounds    in which they will be read
     */
    default void planned(long documents, long bytes, int rounds) {}

    /**
     * A round that an earlier build left is damaged: its documents are read again.
     *
     * @param round   its folder, from the index's folder on
     * @param problem what is wrong with it
     */
    default void roundDamaged(String round, String problem) {}

    /** A round is read and put down, so that it will not be read again: the first is 1. */
    default void roundRead(int round) {}

    /** The passages are being put into shards. */
    default void indexing(long passages, int shards) {}
}

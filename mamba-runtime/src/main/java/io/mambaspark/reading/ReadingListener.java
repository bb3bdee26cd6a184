package io.mambaspark.reading;

/** Hears how far reading is, also within a document of millions of tokens. Called by the thread that reads. */
@FunctionalInterface
public interface ReadingListener {
    /** The next {@code tokens} of this document's text were read: called once a block. */
    void read(String id, int tokens);

    /**
     * A block was read: {@code tokens} of any number of documents, markers too.
     *
     * @param fillingNanos the time it took to fill: getting documents, and tokenizing them
     * @param readingNanos the time that the engine took
     */
    default void block(int tokens, long fillingNanos, long readingNanos) {}

    /** The document is read or has failed; the last of its outcomes is about to be put out. */
    default void ended(String id) {}
}

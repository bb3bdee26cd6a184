package io.mambaspark.reading;

/** Hears all that a model reads, whoever asked for it; see {@link MambaModel#listen}. Called by the threads that read. */
public interface ModelListener {
    /** Hears nothing. */
    ModelListener NONE = new ModelListener() {};

    /** A block is about to be read; the call may wait for the device. */
    default void blockBegins() {}

    /** That block was read, or failed to be. */
    default void blockEnds(int tokens) {}

    /** A document was read to its end. */
    default void documentRead() {}

    /** A document or a query could not be read. */
    default void readingFailed() {}
}

package io.mambaspark.index.shard;

/** What a query finds in a shard by one of its two halves, its words or its vector. Used by one thread at a time. */
public interface Half {
    /**
     * The best passages.
     *
     * @param count the most
     * @param among the passages that may be found
     */
    Best best(int count, Selection among);

    /**
     * The best passage of each of the best documents.
     *
     * @param count the most documents
     * @param among the passages that may be found
     */
    Best bestOfDocuments(int count, Selection among);

    /**
     * The scores of any passages.
     *
     * @param ordinals rising
     */
    float[] scores(int[] ordinals);
}

package io.mambaspark.index.search;

import java.io.Serializable;

/**
 * The passages of one shard that answer a query.
 *
 * @param shard   its number in the search
 * @param missing shards that could not be read
 * @param hits    by rising ordinal
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Winners(int shard, ReadQuery query, String[] missing, Winner[] hits) implements Serializable {
    /**
     * A passage that answers.
     *
     * @param rank        from 1
     * @param relevance   null where it is not known
     * @param lexicalRank among the best of its half; 0 if it is not there, as is denseRank
     */
    record Winner(
            int ordinal,
            String docId,
            int passage,
            int rank,
            float score,
            Float relevance,
            int lexicalRank,
            int denseRank)
            implements Serializable {}
}

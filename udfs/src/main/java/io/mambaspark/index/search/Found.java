package io.mambaspark.index.search;

import java.io.Serializable;

/**
 * The candidates of a query in a shard, by rising ordinal.
 *
 * @param shard    its number in the search
 * @param query    null where another shard's has it
 * @param missing  shards that could not be read
 * @param idfSum   of the query's terms over the whole index; 0 if the lexical half is not asked
 * @param ordinals one a candidate, as are all arrays below
 * @param bm25     0 where no word of the query is in the passage; null if the lexical half is not asked
 * @param cosines  null if the dense half is not asked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Found(
        int shard,
        ReadQuery query,
        String[] missing,
        double idfSum,
        int[] ordinals,
        String[] docIds,
        int[] passages,
        float[] bm25,
        float[] cosines)
        implements Serializable {}

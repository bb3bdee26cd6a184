package io.mambaspark.index.shard;

import org.apache.lucene.search.ScoreDoc;

/**
 * Passages of a shard in the order of their scores, best first; of equal ones the lower ordinal first.
 *
 * @param ordinals of the passages; must not be changed
 * @param scores   of the passages; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Best(int[] ordinals, float[] scores) {
    static Best of(ScoreDoc[] hits) {
        int[] ordinals = new int[hits.length];
        float[] scores = new float[hits.length];
        for (int i = 0; i < hits.length; i++) {
            ordinals[i] = hits[i].doc;
            scores[i] = hits[i].score;
        }
        return new Best(ordinals, scores);
    }

    /** How many there are. */
    public int size() {
        return ordinals.length;
    }
}

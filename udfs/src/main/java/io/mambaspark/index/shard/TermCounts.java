package io.mambaspark.index.shard;

import java.io.Serializable;

/**
 * What BM25 must know of some passages, dead ones included until they are compacted away.
 *
 * @param passages     that have words
 * @param words        of all passages
 * @param passagesWith for each term of a query, the passages that have it; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TermCounts(long passages, long words, long[] passagesWith) implements Serializable {
    /**
     * Refuses what cannot be: these are summed for all shards, and a shard that lies would make the scores of the others no numbers.
     *
     * @throws IllegalArgumentException if a term is in more passages than there are, or there are fewer words than passages
     */
    public TermCounts {
        for (long with : passagesWith) {
            if (with < 0 || with > passages) {
                throw new IllegalArgumentException("a term is in " + with + " of " + passages + " passages");
            }
        }
        if (words < passages || words / Integer.MAX_VALUE > passages) {
            throw new IllegalArgumentException(passages + " passages have " + words + " words");
        }
    }

    /** Of no passages. */
    public static TermCounts none(LexicalQuery query) {
        return new TermCounts(0, 0, new long[query.size()]);
    }

    /** The sum of count · idf of the query's terms; a term that no passage has counts too. 0 without terms. */
    public double idfSum(LexicalQuery query) {
        double sum = 0;
        for (int i = 0; i < passagesWith.length; i++) {
            sum += query.counts()[i] * Math.log(1 + (passages - passagesWith[i] + 0.5) / (passagesWith[i] + 0.5));
        }
        return sum;
    }

    /** Of these passages and others; of the same query. */
    public TermCounts plus(TermCounts others) {
        long[] sums = new long[passagesWith.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = passagesWith[i] + others.passagesWith[i];
        }
        return new TermCounts(passages + others.passages, words + others.words, sums);
    }
}

package io.mambaspark.task;

import io.mambaspark.error.MambaException;
import java.util.Arrays;
import java.util.Map;

/**
 * Which sentences an extractive summary takes by the rule of readers of version 1: the best ones first, never
 * more than {@code max_words} words. Immutable, thread-safe.
 */
final class SummarySelection {
    /** What a summary may take: the candidate sentences of one document, in its order. */
    interface Candidates {
        int size();

        /** Higher is more worth keeping; comparable within the document only; not NaN. */
        float score(int candidate);

        /** Its runs of non-white-space. A candidate without any is never taken. */
        int words(int candidate);
    }

    private static final int LEAST_DEFAULT_WORDS = 50;
    private static final int MOST_DEFAULT_WORDS = 1000;

    private final int[] sentences;
    private final boolean truncated;

    private SummarySelection(int[] sentences, boolean truncated) {
        this.sentences = sentences;
        this.truncated = truncated;
    }

    /**
     * The limit of a summary in words: {@code maxWords}, or where that is 0 a tenth of the document within [50, 1000].
     *
     * @throws MambaException MAMBA_MAX_WORDS_INVALID if {@code maxWords} is negative
     */
    static int budget(int maxWords, long documentWords) {
        if (maxWords < 0) {
            throw MambaException.of(
                    "MAMBA_MAX_WORDS_INVALID", Map.of("function", "summarize", "value", Integer.toString(maxWords)));
        }
        return maxWords > 0
                ? maxWords
                : (int) Math.min(MOST_DEFAULT_WORDS, Math.max(LEAST_DEFAULT_WORDS, documentWords / 10));
    }

    /**
     * Selects within a limit, in memory that does not grow with the candidates that are not taken.
     *
     * @param maxWords the hard limit, at least 1: see {@link #budget}
     */
    static SummarySelection of(Candidates candidates, int maxWords) {
        if (maxWords < 1) {
            throw new IllegalArgumentException("a summary needs room for a word, not " + maxWords);
        }
        Falling falling = new Falling(candidates);
        int[] taken = new int[16];
        int count = 0;
        long words = 0;
        int best = falling.next();
        for (int candidate = best; candidate >= 0 && !reachesTarget(words, maxWords); candidate = falling.next()) {
            if (words + candidates.words(candidate) <= maxWords) {
                taken = count == taken.length ? Arrays.copyOf(taken, 2 * count) : taken;
                taken[count++] = candidate;
                words += candidates.words(candidate);
            } else if (isNearTarget(words, maxWords)) {
                break;
            }
        }
        if (count == 0 && best >= 0) {
            return new SummarySelection(new int[] {best}, true);
        }
        Arrays.sort(taken, 0, count);
        return new SummarySelection(Arrays.copyOf(taken, count), false);
    }

    /** The candidates taken, in document order; empty only if no candidate has a word. */
    int[] sentences() {
        return sentences.clone();
    }

    /** Whether no candidate fits: then the best one is taken alone and must be cut to the limit. */
    boolean truncated() {
        return truncated;
    }

    /** The target is max_words / 1.1; in whole numbers, so that 473 means 430 and not a rounding error more. */
    private static boolean reachesTarget(long words, int maxWords) {
        return words * 11 >= maxWords * 10L;
    }

    /** Nine tenths of the target. */
    private static boolean isNearTarget(long words, int maxWords) {
        return words * 11 >= maxWords * 9L;
    }

    /**
     * Candidates with words by falling score, ties in document order. Looks for some of the best at a time: few are ever asked
     * for, of however many there are.
     */
    private static final class Falling {
        private static final int AT_A_TIME = 1 << 14;

        private final Candidates candidates;
        private final long[] keys;
        private int found;
        private int given;
        /** Of the last one given. */
        private long last = Long.MIN_VALUE;

        private Falling(Candidates candidates) {
            this.candidates = candidates;
            this.keys = new long[Math.min(candidates.size(), 2 * AT_A_TIME)];
        }

        /** The next candidate, or -1. */
        int next() {
            while (true) {
                if (given == found) {
                    find();
                }
                if (found == 0) {
                    return -1;
                }
                last = keys[given++];
                if (candidates.words(Ranking.unit(last)) > 0) {
                    return Ranking.unit(last);
                }
            }
        }

        /** Finds the best behind the last one given. */
        private void find() {
            given = 0;
            found = 0;
            long limit = Long.MAX_VALUE;
            for (int candidate = 0; candidate < candidates.size(); candidate++) {
                long key = Ranking.key(candidates.score(candidate), candidate);
                if (key > last && key < limit) {
                    keys[found++] = key;
                    if (found == keys.length) {
                        limit = keepBest();
                    }
                }
            }
            keepBest();
        }

        /** Drops all but the best; what is worse than the key returned need not come. */
        private long keepBest() {
            Arrays.sort(keys, 0, found);
            found = Math.min(found, AT_A_TIME);
            return found == 0 ? Long.MAX_VALUE : keys[found - 1];
        }
    }
}

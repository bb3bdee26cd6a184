package io.mambaspark.task;

import java.util.Arrays;

/**
 * Which sentences an extractive summary takes, by the rule {@code summary_selection} of the reader: the best ones first, never
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
     * @throws IllegalArgumentException if {@code maxWords} is negative
     */
    static int budget(int maxWords, long documentWords) {
        if (maxWords < 0) {
            throw new IllegalArgumentException("[MAMBA_MAX_WORDS_INVALID] max_words is " + maxWords
                    + ". Give the most words that a summary may have, or 0 to leave its length to the reader.");
        }
        return maxWords > 0
                ? maxWords
                : (int) Math.min(MOST_DEFAULT_WORDS, Math.max(LEAST_DEFAULT_WORDS, documentWords / 10));
    }

    /**
     * Selects within a limit. O(n log n) time, 12 bytes a candidate.
     *
     * @param maxWords the hard limit, at least 1: see {@link #budget}
     */
    static SummarySelection of(Candidates candidates, int maxWords) {
        if (maxWords < 1) {
            throw new IllegalArgumentException("a summary needs room for a word, not " + maxWords);
        }
        long[] falling = byFallingScore(candidates);
        int[] taken = new int[Math.min(falling.length, maxWords)];
        int count = 0;
        long words = 0;
        for (int i = 0; i < falling.length && !reachesTarget(words, maxWords); i++) {
            int candidate = Ranking.unit(falling[i]);
            if (words + candidates.words(candidate) <= maxWords) {
                taken[count++] = candidate;
                words += candidates.words(candidate);
            } else if (isNearTarget(words, maxWords)) {
                break;
            }
        }
        if (count == 0 && falling.length > 0) {
            return new SummarySelection(new int[] {Ranking.unit(falling[0])}, true);
        }
        Arrays.sort(taken, 0, count);
        return new SummarySelection(Arrays.copyOf(taken, count), false);
    }

    /** The candidates taken, in document order; empty only if no candidate has a word. */
    int[] sentences() {
        return sentences.clone();
    }

    /** Whether no candidate fits: then the best one is taken alone and must be {@link #cut} to the limit. */
    boolean truncated() {
        return truncated;
    }

    /** The first {@code words} words of {@code sentence}, which has more, with "…" behind the last. */
    static String cut(String sentence, int words) {
        int end = 0;
        for (int word = 0; word < words; word++) {
            end = skip(sentence, skip(sentence, end, true), false);
        }
        return sentence.substring(0, end).concat("…");
    }

    /** The target is max_words / 1.1; in whole numbers, so that 473 means 430 and not a rounding error more. */
    private static boolean reachesTarget(long words, int maxWords) {
        return words * 11 >= maxWords * 10L;
    }

    /** Nine tenths of the target. */
    private static boolean isNearTarget(long words, int maxWords) {
        return words * 11 >= maxWords * 9L;
    }

    /** One key a candidate with words, rising as the score falls; ties in document order. */
    private static long[] byFallingScore(Candidates candidates) {
        long[] keys = new long[candidates.size()];
        int count = 0;
        for (int candidate = 0; candidate < keys.length; candidate++) {
            if (candidates.words(candidate) > 0) {
                keys[count++] = Ranking.key(candidates.score(candidate), candidate);
            }
        }
        long[] falling = count == keys.length ? keys : Arrays.copyOf(keys, count);
        Arrays.sort(falling);
        return falling;
    }

    private static int skip(String text, int from, boolean whiteSpace) {
        int end = from;
        while (end < text.length() && isWhiteSpace(text.charAt(end)) == whiteSpace) {
            end++;
        }
        return end;
    }

    /** Unicode's White_Space and the four information separators: what SQL's and Python's users split at. */
    private static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}

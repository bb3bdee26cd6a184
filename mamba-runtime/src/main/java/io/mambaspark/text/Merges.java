package io.mambaspark.text;

import java.util.Arrays;

/** Which pairs of tokens merge, how early (lower ranks first), and into what: a hash table of primitives. */
final class Merges {
    /** The rank of a pair that never merges. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final long EMPTY = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results;

    Merges(int count) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, count)) * 4);
        pairs = new long[capacity];
        ranks = new int[capacity];
        results = new int[capacity];
        Arrays.fill(pairs, EMPTY);
    }

    /** Only while the table is built; a pair may be put once. */
    void put(int left, int right, int rank, int result) {
        int slot = slot(left, right);
        pairs[slot] = pair(left, right);
        ranks[slot] = rank;
        results[slot] = result;
    }

    int rank(int left, int right) {
        int slot = slot(left, right);
        return pairs[slot] == EMPTY ? NEVER : ranks[slot];
    }

    /** What a pair that merges becomes. */
    int result(int left, int right) {
        return results[slot(left, right)];
    }

    private int slot(int left, int right) {
        long pair = pair(left, right);
        long hash = pair * 0x9E3779B97F4A7C15L;
        int mask = pairs.length - 1;
        int slot = (int) (hash >>> 40) & mask;
        while (pairs[slot] != pair && pairs[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long pair(int left, int right) {
        return ((long) left << Integer.SIZE) | right;
    }
}

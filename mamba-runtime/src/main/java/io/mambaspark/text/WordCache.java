package io.mambaspark.text;

import java.util.Arrays;

/**
 * The tokens of words seen before; a word takes the place of another one with the same slot, so the size is bounded.
 *
 * <p>Thread-safe without locks: slots are read and written racily, and a {@link Word} is immutable. A lost write costs
 * one more merge, never a wrong result, because what is found is compared with what was asked for.
 */
final class WordCache {
    /** Longer words are rare and not remembered. */
    static final int LONGEST = 24;

    private static final int SLOT_BITS = 15;

    private final Word[] slots = new Word[1 << SLOT_BITS];

    /** The word {@code chars[from, to)}, or null if it is not remembered. */
    Word get(char[] chars, int from, int to) {
        Word word = slots[slot(chars, from, to)];
        return word != null && Arrays.equals(word.chars(), 0, word.chars().length, chars, from, to) ? word : null;
    }

    void put(Word word) {
        slots[slot(word.chars(), 0, word.chars().length)] = word;
    }

    private static int slot(char[] chars, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + chars[i];
        }
        hash *= 0x9E3779B9;
        return hash >>> (Integer.SIZE - SLOT_BITS);
    }
}

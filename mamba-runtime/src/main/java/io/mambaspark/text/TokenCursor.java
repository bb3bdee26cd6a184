package io.mambaspark.text;

/** Hands out the tokens of one text, in order, a batch at a time. Not thread-safe: one reader each. */
public interface TokenCursor {
    /**
     * Writes the next tokens: {@code ids[from + i]} is a token and {@code ends[from + i]} where it ends, as a UTF-16
     * index into the original text, exclusive. A token that ends inside a character (byte-level tokens may) ends at
     * that character's end; so ends never fall, and may be equal.
     *
     * @param max the most tokens to write, at least 1
     * @return how many were written; 0 only when no token is left
     * @throws IndexOutOfBoundsException if {@code max} tokens at {@code from} do not fit both arrays
     */
    int next(int[] ids, int[] ends, int from, int max);
}

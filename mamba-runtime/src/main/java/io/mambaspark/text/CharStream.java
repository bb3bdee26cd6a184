package io.mambaspark.text;

/** Characters on their way to the tokenizer, each with the place in the original text where it ends. */
interface CharStream {
    /** The room that a call of {@link #read} must offer at least. */
    int LEAST_ROOM = 64;

    /**
     * Writes the next UTF-16 units to {@code chars} and to {@code ends} the original index, exclusive, of the character
     * that each one comes from. Well-formed UTF-16, and never half a pair.
     *
     * @return how many, at most {@code max}; 0 only at the end
     */
    int read(char[] chars, int[] ends, int from, int max);
}

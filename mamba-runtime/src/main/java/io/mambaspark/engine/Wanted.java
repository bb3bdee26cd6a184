package io.mambaspark.engine;

/**
 * What a call returns besides the sums of pieces; row numbers count the tokens of the block from 0.
 *
 * @param hiddenRows rows whose hidden state (the output of the final norm) is wanted
 * @param logitRows  rows whose logits are wanted
 */
public record Wanted(int[] hiddenRows, int[] logitRows) {
    /** Nothing but the sums of pieces. */
    public static final Wanted PIECES = new Wanted(new int[0], new int[0]);

    /** The hidden states of these rows too. */
    public static Wanted hidden(int... rows) {
        return new Wanted(rows, new int[0]);
    }

    /** The logits of these rows too. */
    public static Wanted logits(int... rows) {
        return new Wanted(new int[0], rows);
    }
}

package io.mambaspark.engine;

/**
 * What a call returns besides the sums of pieces; row numbers count the tokens of the block from 0.
 *
 * @param hiddenRows rows whose hidden state (the output of the final norm) is wanted
 * @param logitRows  rows whose logits are wanted
 * @param scoredRows rows after which a token's log-probability is wanted
 * @param targets    the token of each of these rows: the one that follows it in its document
 */
public record Wanted(int[] hiddenRows, int[] logitRows, int[] scoredRows, int[] targets) {
    private static final int[] NONE = new int[0];

    /** Nothing but the sums of pieces. */
    public static final Wanted PIECES = new Wanted(NONE, NONE, NONE, NONE);

    /** Refuses rows without a target. */
    public Wanted {
        if (scoredRows.length != targets.length) {
            throw new IllegalArgumentException(
                    scoredRows.length + " rows to score, but " + targets.length + " targets");
        }
    }

    /** The hidden states of these rows too. */
    public static Wanted hidden(int... rows) {
        return new Wanted(rows, NONE, NONE, NONE);
    }

    /** The logits of these rows too. */
    public static Wanted logits(int... rows) {
        return new Wanted(NONE, rows, NONE, NONE);
    }

    /** The log-probability of {@code targets[i]} after row {@code rows[i]} too. */
    public static Wanted logProbabilities(int[] rows, int[] targets) {
        return new Wanted(NONE, NONE, rows, targets);
    }
}

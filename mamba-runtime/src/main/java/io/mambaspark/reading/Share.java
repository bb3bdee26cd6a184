package io.mambaspark.reading;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock.Segment;

/** A reading's share of a block, as the reading fills it: tokens, cuts among them, and whether they are predicted. */
final class Share {
    /** What follows the share when nothing does. */
    static final int NOTHING = -1;

    private final int[] block;
    private final int start;
    private final IntList cuts = new IntList();
    private int end;
    private boolean predicted;
    private int following = NOTHING;

    /** An empty share that may grow up to the end of the block. */
    Share(int[] block, int start) {
        this.block = block;
        this.start = start;
        this.end = start;
    }

    boolean hasRoom() {
        return end < block.length;
    }

    int length() {
        return end - start;
    }

    void add(int token) {
        block[end++] = token;
    }

    /** Closes the piece that ends with the last token so far. */
    void cut() {
        cuts.add(length());
    }

    int cuts() {
        return cuts.size();
    }

    /** Asks for the log-probability of each token after the one before it, {@code next} being the first of the next share. */
    void predict(int next) {
        predicted = true;
        following = next;
    }

    /** How many log-probabilities are asked for. */
    int predictions() {
        return predicted ? Math.max(0, length() - (following == NOTHING ? 1 : 0)) : 0;
    }

    /** Adds the rows that predict, and what they predict, to those of the block. */
    void addPredictions(IntList rows, IntList targets) {
        int count = predictions();
        for (int row = start; row < start + count; row++) {
            rows.add(row);
            targets.add(row + 1 < end ? block[row + 1] : following);
        }
    }

    /** The share as the engine takes it. */
    Segment segment(ReadingState state, boolean last) {
        return new Segment(start, length(), state, cuts.toArray(), last);
    }
}

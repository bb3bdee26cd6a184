package io.mambaspark.reading;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One text on its way through the engine: gives its tokens, takes the sums of its pieces, and puts out what it finds.
 * Used by one thread.
 *
 * @param <R> what it puts out, any number of times
 */
public abstract sealed class Reading<R> permits TextReading, QueryReading {
    private final String id;
    private final Queue<R> found = new ArrayDeque<>();

    Reading(String id) {
        this.id = id;
    }

    final String id() {
        return id;
    }

    /** Puts out a result. */
    protected final void emit(R result) {
        found.add(result);
    }

    final R poll() {
        return found.poll();
    }

    /**
     * Writes the next tokens from {@code from} on, and the cuts among them.
     *
     * @return how many; fewer than {@code max} only if these are the last
     */
    abstract int fill(int[] tokens, int from, int max, Cuts cuts);

    /** True when {@link #fill} has given the last token. */
    abstract boolean exhausted();

    /** Takes the sum of the next piece, in the order of the cuts. */
    abstract void piece(PieceSum piece);

    /** Called after the last piece. */
    abstract void end();
}

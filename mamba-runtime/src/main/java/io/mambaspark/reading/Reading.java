package io.mambaspark.reading;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One text on its way through the engine: gives its tokens, takes what the engine makes of them, and puts out what it
 * finds. Used by one thread.
 *
 * @param <R> what it puts out, any number of times
 */
public abstract sealed class Reading<R> permits DocumentReading, QueryReading {
    private final String id;
    private final Queue<R> found = new ArrayDeque<>();

    Reading(String id) {
        this.id = id;
    }

    final String id() {
        return id;
    }

    /** Puts out a result. */
    final void emit(R result) {
        found.add(result);
    }

    final R poll() {
        return found.poll();
    }

    /** Adds the next tokens to a share with room, as many as there are or fit. */
    abstract void fill(Share share);

    /** True when {@link #fill} has given the last token. */
    abstract boolean exhausted();

    /** How many tokens of its text {@link #fill} has given; markers are not of the text. */
    abstract long textTokens();

    /** Takes the sum of the next piece, in the order of the cuts. */
    abstract void piece(PieceSum piece);

    /** Takes the next log-probability that a share asked for. */
    void logProbability(float logProbability) {}

    /** Called after each block, when all that it gave is taken. */
    void blockTaken() {}

    /** Called after the last block. */
    abstract void end();

    /** Gives back what the reading holds; called once, at its end or earlier. */
    void close() {}
}

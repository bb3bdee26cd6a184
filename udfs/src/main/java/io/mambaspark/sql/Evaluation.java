package io.mambaspark.sql;

import java.io.Serializable;

/**
 * How a session evaluates the functions.
 *
 * @param batched whether many rows are read together
 * @param reason  why
 */
public record Evaluation(boolean batched, String reason) implements Serializable {
    /** What a session has whose internals are as we know them. */
    public static final Evaluation BATCHED = new Evaluation(true, "the session's internals are as they should be");
}

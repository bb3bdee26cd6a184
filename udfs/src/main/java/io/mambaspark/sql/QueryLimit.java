package io.mambaspark.sql;

import java.util.Map;

/** What may be asked. */
public final class QueryLimit {
    /** A query is a question, not a document. */
    static final int TOKENS = 1024;

    private QueryLimit() {}

    /** Refuses a query without words; null is one that is not known yet. */
    static void check(String function, Object query) {
        if (query instanceof String text && text.isBlank()) {
            throw MambaSqlException.of("MAMBA_QUERY_EMPTY", Map.of("function", function));
        }
    }

    /**
     * Refuses a query of too many tokens.
     *
     * @throws MambaSqlException MAMBA_QUERY_TOO_LONG
     */
    public static void check(String function, long tokens) {
        if (tokens > TOKENS) {
            throw MambaSqlException.of(
                    "MAMBA_QUERY_TOO_LONG",
                    Map.of("function", function, "tokens", Long.toString(tokens), "limit", Integer.toString(TOKENS)));
        }
    }
}

package io.mambaspark.sql.rows;

import io.mambaspark.sql.MambaSqlException;

/**
 * Rows of some form, as calls see them. For one thread.
 *
 * @param <T> a row
 */
public interface RowForm<T> {
    /** The number of the text that a call takes first: calls of the same number share its reading. */
    int text(int call);

    /** Turns to a row: {@link #arguments} are of this one from now on. */
    void turnTo(T row);

    /**
     * The arguments of a call; null if one is NULL.
     *
     * @param text the first argument, if another call has decoded it already; else null
     * @throws MambaSqlException MAMBA_DOCUMENT_TOO_LARGE
     */
    Object[] arguments(int call, String text);

    /** The memory that a row takes. */
    long bytes(T row);
}

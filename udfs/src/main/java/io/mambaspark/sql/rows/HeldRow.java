package io.mambaspark.sql.rows;

import io.mambaspark.sql.MambaSqlException;

/**
 * A row that waits for the results of its calls.
 *
 * @param <T> its form
 */
public final class HeldRow<T> {
    private final T given;
    private final Object[] values;
    private MambaSqlException error;
    private int awaited;

    HeldRow(T given, int calls) {
        this.given = given;
        this.values = new Object[calls];
    }

    /** The row as it came. */
    public T given() {
        return given;
    }

    void value(int call, Object value) {
        values[call] = value;
    }

    void fail(MambaSqlException newError) {
        error = error == null ? newError : error;
    }

    /** One reading more must end before the row leaves. */
    void await() {
        awaited++;
    }

    void read() {
        awaited--;
    }

    boolean complete() {
        return awaited == 0;
    }

    /**
     * The value of each call.
     *
     * @throws MambaSqlException if one has none
     */
    public Object[] values() {
        if (error != null) {
            throw error;
        }
        return values;
    }
}

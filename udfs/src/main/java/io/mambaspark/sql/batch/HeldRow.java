package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** A row that waits for the results of its calls. */
final class HeldRow {
    private final String id;
    private final UnsafeRow columns;
    private final Object[] values;
    private MambaException error;
    private int awaited;

    /** Holds {@code columns}, which must be a copy: operators reuse their rows. */
    HeldRow(String id, UnsafeRow columns, int calls) {
        this.id = id;
        this.columns = columns;
        this.values = new Object[calls];
    }

    String id() {
        return id;
    }

    UnsafeRow columns() {
        return columns;
    }

    void value(int call, Object value) {
        values[call] = value;
    }

    void fail(MambaException newError) {
        error = error == null ? newError : error;
    }

    void await(int readings) {
        awaited = readings;
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
     * @throws MambaException if one has none
     */
    Object[] values() {
        if (error != null) {
            throw error;
        }
        return values;
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** A group whose rows are being read. */
final class ReadGroup {
    private final UnsafeRow key;
    private boolean hasTexts;
    private MambaSqlException error;

    /** A group of rows with these values in common; they must be a copy. */
    ReadGroup(UnsafeRow key) {
        this.key = key;
    }

    UnsafeRow key() {
        return key;
    }

    void addText() {
        hasTexts = true;
    }

    boolean hasTexts() {
        return hasTexts;
    }

    void fail(MambaSqlException newError) {
        error = newError;
    }

    /** Why it cannot be read; null if it can. */
    MambaSqlException error() {
        return error;
    }
}

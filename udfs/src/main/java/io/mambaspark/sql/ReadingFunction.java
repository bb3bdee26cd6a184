package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;

/**
 * A function of what the model reads in its first argument, a text. Functions of the same text share one reading.
 *
 * @param <R> what it draws from a reading
 */
public non-sealed interface ReadingFunction<R> extends MambaFunction {
    /**
     * What draws its result from the reading of {@code document}.
     *
     * @param arguments all of them, the text first; null for one that was left out and has no default
     * @throws MambaSqlException when an argument will not do
     */
    Sink<R> sink(TextReader reader, Document document, Object[] arguments);

    /** The value that was drawn from {@code text}. */
    Object value(TextReader reader, String text, R result);

    /** The value of a text without a character but white space, which is not read; null for NULL. */
    Object blank(TextReader reader);

    /** The value of a text that could not be read. */
    default Object failed(TextReader reader, MambaSqlException error) {
        throw error;
    }
}

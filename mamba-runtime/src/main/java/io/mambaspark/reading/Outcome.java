package io.mambaspark.reading;

import io.mambaspark.error.MambaError;

/**
 * The result of a document: a value or an error, never both.
 *
 * @param id    of the document
 * @param value null on error
 * @param error null on success
 */
public record Outcome<T>(String id, T value, MambaError error) {
    static <T> Outcome<T> failed(String id, RuntimeException e) {
        return new Outcome<>(id, null, MambaError.of(e));
    }
}

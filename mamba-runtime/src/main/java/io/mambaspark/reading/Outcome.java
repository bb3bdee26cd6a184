package io.mambaspark.reading;

/**
 * What came of a document: a value or an error, never both.
 *
 * @param id    of the document
 * @param value null on error
 * @param error null on success; otherwise the error's class in brackets, what happened, and what to do
 */
public record Outcome<T>(String id, T value, String error) {
    static <T> Outcome<T> failed(String id, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return new Outcome<>(id, null, message.startsWith("[MAMBA_") ? message : "[MAMBA_READING_FAILED] " + e);
    }
}

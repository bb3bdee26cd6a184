package io.mambaspark.jobs;

/** One document cannot be read; its message becomes the {@code error} of its row, and the job goes on. */
final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    DocumentException(String errorClass, String message) {
        super("[" + errorClass + "] " + message);
    }
}

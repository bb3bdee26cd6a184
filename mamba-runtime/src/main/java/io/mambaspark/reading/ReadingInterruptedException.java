package io.mambaspark.reading;

/** The thread was interrupted while it read; its interrupt status stays set. */
public final class ReadingInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadingInterruptedException() {
        super("[MAMBA_READING_INTERRUPTED] The thread was interrupted while it read: what was being read is dropped."
                + " Read again when the task may run.");
    }
}

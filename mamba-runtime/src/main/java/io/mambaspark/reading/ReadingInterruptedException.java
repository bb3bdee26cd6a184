package io.mambaspark.reading;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.Map;

/** The thread was interrupted while it read; its interrupt status stays set. */
public final class ReadingInterruptedException extends MambaException {
    private static final long serialVersionUID = 1L;

    ReadingInterruptedException() {
        super(MambaError.of("MAMBA_READING_INTERRUPTED", Map.of()), null);
    }
}

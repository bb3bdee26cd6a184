package io.mambaspark.jobs;

import io.mambaspark.error.MambaError;
import java.util.Map;

/** One document cannot be read: its error is written in its row, and the job continues. */
final class DocumentException extends Exception implements MambaError.Carrier {
    private static final long serialVersionUID = 1L;

    private final MambaError error;

    DocumentException(String condition, Map<String, String> parameters) {
        this(MambaError.of(condition, parameters));
    }

    private DocumentException(MambaError error) {
        super(error.message());
        this.error = error;
    }

    @Override
    public MambaError error() {
        return error;
    }
}

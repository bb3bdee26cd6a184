package io.mambaspark.model;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.Map;

/** A checkpoint that cannot be used: the message names the file and the offending values, and ends with what to do next. */
public final class CheckpointException extends MambaException {
    private static final long serialVersionUID = 1L;

    private CheckpointException(String condition, Map<String, String> parameters, Throwable cause) {
        super(MambaError.of(condition, parameters), cause);
    }

    /** @param problem what is missing and what to do, in whole sentences */
    static CheckpointException notFound(String problem) {
        return new CheckpointException("MAMBA_CHECKPOINT_NOT_FOUND", Map.of("problem", problem), null);
    }

    /**
     * A model that this version, or an engine of it, cannot read.
     *
     * @param problem what it has and what is supported, in whole sentences
     */
    public static CheckpointException unsupported(String problem) {
        return new CheckpointException("MAMBA_MODEL_UNSUPPORTED", Map.of("problem", problem), null);
    }

    static CheckpointException corrupt(String file, String problem) {
        return corrupt(file, problem, null);
    }

    static CheckpointException corrupt(String file, String problem, Throwable cause) {
        return new CheckpointException("MAMBA_CHECKPOINT_CORRUPT", Map.of("file", file, "problem", problem), cause);
    }

    static CheckpointException unreadable(String file, Exception cause) {
        return new CheckpointException(
                "MAMBA_CHECKPOINT_UNREADABLE", Map.of("file", file, "cause", cause.toString()), cause);
    }
}

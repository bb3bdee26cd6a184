package io.mambaspark.model;

/**
 * A checkpoint that cannot be used, and why.
 *
 * <p>The message opens with the error class in brackets, then names the file and the offending values, and ends with
 * what to do next.
 */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errorClass;

    private CheckpointException(String errorClass, String message, Throwable cause) {
        super("[" + errorClass + "] " + message, cause);
        this.errorClass = errorClass;
    }

    /** The class of the error, such as {@code MAMBA_CHECKPOINT_CORRUPT}. */
    public String errorClass() {
        return errorClass;
    }

    static CheckpointException notFound(String message) {
        return new CheckpointException("MAMBA_CHECKPOINT_NOT_FOUND", message, null);
    }

    /** A model that this version, or an engine of it, cannot read. */
    public static CheckpointException unsupported(String message) {
        return new CheckpointException("MAMBA_MODEL_UNSUPPORTED", message, null);
    }

    static CheckpointException corrupt(String file, String problem) {
        return corrupt(file, problem, null);
    }

    static CheckpointException corrupt(String file, String problem, Throwable cause) {
        String message = file + ": " + problem + ". The file is damaged or was not written by a conforming tool: "
                + "copy or download the checkpoint again.";
        return new CheckpointException("MAMBA_CHECKPOINT_CORRUPT", message, cause);
    }

    static CheckpointException unreadable(String file, Exception cause) {
        String message = file + " cannot be read (" + cause
                + "). Check that the file is there, that this user may read " + "it, and that its disk works.";
        return new CheckpointException("MAMBA_CHECKPOINT_UNREADABLE", message, cause);
    }
}

package io.mambaspark.engine;

/** A stored {@link ReadingState} that this model cannot go on from. */
public final class StateMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_DIGITS = 8;

    private StateMismatchException(String message) {
        super(message);
    }

    static StateMismatchException otherModel(String made, String here) {
        return new StateMismatchException("[MAMBA_MODEL_STATE_MISMATCH] The reading state was made by model "
                + shown(made) + ", but this runtime holds " + shown(here)
                + ". Read the document again from its start, or set spark.mamba.model to the checkpoint that made the"
                + " state.");
    }

    static StateMismatchException notAState(int bytes) {
        return new StateMismatchException("[MAMBA_MODEL_STATE_MISMATCH] " + bytes
                + " bytes are not a reading state of this model in a format that this version knows. Read the document"
                + " again from its start.");
    }

    private static String shown(String fingerprint) {
        return fingerprint.substring(0, SHOWN_DIGITS).replaceAll("[^0-9a-f]", "?");
    }
}

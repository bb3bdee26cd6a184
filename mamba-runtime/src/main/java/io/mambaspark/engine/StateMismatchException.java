package io.mambaspark.engine;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.Map;

/** A stored {@link ReadingState} from which this model cannot continue. */
public final class StateMismatchException extends MambaException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_DIGITS = 8;

    private StateMismatchException(String condition, Map<String, String> parameters) {
        super(MambaError.of(condition, parameters), null);
    }

    static StateMismatchException otherModel(String made, String here) {
        return new StateMismatchException(
                "MAMBA_MODEL_STATE_MISMATCH", Map.of("made", shown(made), "here", shown(here)));
    }

    static StateMismatchException notAState(int bytes) {
        return new StateMismatchException("MAMBA_STATE_FORMAT_UNKNOWN", Map.of("bytes", Integer.toString(bytes)));
    }

    static StateMismatchException corrupt(int bytes, String problem) {
        return new StateMismatchException(
                "MAMBA_STATE_CORRUPT", Map.of("bytes", Integer.toString(bytes), "problem", problem));
    }

    private static String shown(String fingerprint) {
        return fingerprint.substring(0, SHOWN_DIGITS).replaceAll("[^0-9a-f]", "?");
    }
}

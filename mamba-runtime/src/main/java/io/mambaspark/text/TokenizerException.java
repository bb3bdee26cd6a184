package io.mambaspark.text;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.Map;

/**
 * A tokenizer.json that cannot be used: {@code MAMBA_TOKENIZER_UNSUPPORTED} for a feature that is not implemented,
 * {@code MAMBA_TOKENIZER_CORRUPT} for a file that contradicts itself.
 */
public final class TokenizerException extends MambaException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 100;

    private TokenizerException(String condition, Map<String, String> parameters, Throwable cause) {
        super(MambaError.of(condition, parameters), cause);
    }

    static TokenizerException unsupported(String what, Object found, String supported) {
        return new TokenizerException(
                "MAMBA_TOKENIZER_UNSUPPORTED",
                Map.of("feature", what, "found", String.valueOf(found), "supported", supported),
                null);
    }

    /** What was found in the file, quoted and short: it may be of any length. */
    static String shown(Object found) {
        String text = String.valueOf(found);
        return "'" + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "\u2026") + "'";
    }

    static TokenizerException corrupt(String problem, Throwable cause) {
        return new TokenizerException("MAMBA_TOKENIZER_CORRUPT", Map.of("problem", problem), cause);
    }
}

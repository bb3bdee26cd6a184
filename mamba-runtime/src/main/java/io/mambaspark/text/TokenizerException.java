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

    private TokenizerException(String condition, Map<String, String> parameters, Throwable cause) {
        super(MambaError.of(condition, parameters), cause);
    }

    static TokenizerException unsupported(String what, Object found, String supported) {
        return new TokenizerException(
                "MAMBA_TOKENIZER_UNSUPPORTED",
                Map.of("feature", what, "found", String.valueOf(found), "supported", supported),
                null);
    }

    static TokenizerException corrupt(String problem, Throwable cause) {
        return new TokenizerException("MAMBA_TOKENIZER_CORRUPT", Map.of("problem", problem), cause);
    }
}

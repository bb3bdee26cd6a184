package io.mambaspark.text;

/**
 * A tokenizer.json that cannot be used. The message starts with the error class: {@code MAMBA_TOKENIZER_UNSUPPORTED}
 * for a feature that is not implemented, {@code MAMBA_TOKENIZER_CORRUPT} for a file that contradicts itself.
 */
public final class TokenizerException extends RuntimeException {
    private final String errorClass;

    private TokenizerException(String errorClass, String message, Throwable cause) {
        super("[" + errorClass + "] " + message, cause);
        this.errorClass = errorClass;
    }

    static TokenizerException unsupported(String what, Object found, String supported) {
        return new TokenizerException(
                "MAMBA_TOKENIZER_UNSUPPORTED",
                "The tokenizer.json has " + what + " " + found + ". Supported: " + supported
                        + ". Use a checkpoint with such a tokenizer.",
                null);
    }

    static TokenizerException corrupt(String problem, Throwable cause) {
        return new TokenizerException(
                "MAMBA_TOKENIZER_CORRUPT",
                "The tokenizer.json " + problem + ". Copy the file again from where the checkpoint was published.",
                cause);
    }

    /** The error class, without brackets. */
    public String errorClass() {
        return errorClass;
    }
}

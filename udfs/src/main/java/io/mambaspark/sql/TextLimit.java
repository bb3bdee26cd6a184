package io.mambaspark.sql;

import java.util.Map;

/** How long the text of a row may be. */
public final class TextLimit {
    /** 1 GiB: a JVM string of that many bytes still has room to be decoded. */
    static final long BYTES = 1L << 30;

    private TextLimit() {}

    /** Refuses a text of more than {@value #BYTES} characters, before it is read. */
    static void check(String text) {
        check(text.length());
    }

    /**
     * Refuses a text of more than {@value #BYTES} bytes, before it is decoded.
     *
     * @throws MambaSqlException MAMBA_DOCUMENT_TOO_LARGE
     */
    public static void check(long bytes) {
        if (bytes > BYTES) {
            throw MambaSqlException.of(
                    "MAMBA_DOCUMENT_TOO_LARGE", Map.of("bytes", Long.toString(bytes), "limit", Long.toString(BYTES)));
        }
    }
}

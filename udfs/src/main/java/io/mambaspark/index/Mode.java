package io.mambaspark.index;

import io.mambaspark.sql.MambaSqlException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** By what passages are found. */
public enum Mode {
    /** By words and by meaning: BM25 over the sum of the idf of the query's terms, and the weighted cosine. */
    HYBRID,
    /** By meaning: the cosine of the vectors. */
    DENSE,
    /** By words: BM25. No model is loaded. */
    LEXICAL;

    /**
     * The mode of this name, in any case.
     *
     * @throws MambaSqlException MAMBA_SEARCH_MODE_INVALID
     */
    public static Mode of(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        MambaSqlException.of("MAMBA_SEARCH_MODE_INVALID", Map.of("mode", name, "modes", names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(Mode::toString).collect(Collectors.joining(", "));
    }

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.mambaspark.index.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of strings by their code points: that of Spark and Lucene, but not of Java's {@code compareTo}. */
final class CodePointOrder {
    static final Comparator<String> INSTANCE =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private CodePointOrder() {}
}

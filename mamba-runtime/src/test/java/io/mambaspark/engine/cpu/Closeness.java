package io.mambaspark.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Says whether a tensor equals another one but for rounding. */
public final class Closeness {
    private Closeness() {}

    /** Every number may differ by {@code tolerance} times the largest magnitude of the expected tensor. */
    public static void assertClose(String what, float[] actual, float[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("%s[%d]", what, i)
                    .isCloseTo(expected[i], within(tolerance * largest + Float.MIN_NORMAL));
        }
    }
}

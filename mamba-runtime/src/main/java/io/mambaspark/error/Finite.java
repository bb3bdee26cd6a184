package io.mambaspark.error;

import java.util.Map;

/** The check against MAMBA_NOT_A_NUMBER: neither NaN nor an infinite number may come from a model or leave as a result. */
public final class Finite {
    /** The condition of what is not finite. */
    public static final String CONDITION = "MAMBA_NOT_A_NUMBER";

    private static final int MAGNITUDE = 0x7fff_ffff;
    private static final int INFINITE = 0x7f80_0000;

    private Finite() {}

    /** Whether all numbers are finite. */
    public static boolean all(float[] numbers) {
        return all(numbers, 0, numbers.length);
    }

    /** Whether {@code count} numbers from {@code from} on are finite. */
    public static boolean all(float[] numbers, int from, int count) {
        // The largest magnitude, as bits: C2 makes a vector loop of it, which a loop with an early end would not be.
        int largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(numbers[i]) & MAGNITUDE);
        }
        return largest < INFINITE;
    }

    /**
     * The number itself.
     *
     * @param what it is, for the message
     * @throws MambaException MAMBA_NOT_A_NUMBER
     */
    public static float require(float number, String what) {
        if (!Float.isFinite(number)) {
            throw notANumber(what);
        }
        return number;
    }

    /**
     * The error of something that is no finite number.
     *
     * @param what it is, as the subject of a sentence
     */
    public static MambaException notANumber(String what) {
        return MambaException.of(CONDITION, Map.of("what", what));
    }
}

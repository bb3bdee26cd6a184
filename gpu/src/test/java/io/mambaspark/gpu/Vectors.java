package io.mambaspark.gpu;

/** How far apart two engines' answers are. */
final class Vectors {
    private Vectors() {}

    /** The largest difference over the largest magnitude of the expected numbers. */
    static double relativeError(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            throw new IllegalArgumentException(actual.length + " numbers instead of " + expected.length);
        }
        double largest = Float.MIN_NORMAL;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double apart = Math.abs((double) actual[i] - expected[i]);
            difference = apart <= difference ? difference : apart; // keeps NaN
        }
        return difference / largest;
    }

    /** The smallest cosine between vectors of {@code width} numbers at the same place. */
    static double smallestCosine(float[] actual, float[] expected, int width) {
        double smallest = 1;
        for (int at = 0; at < expected.length; at += width) {
            double dot = 0;
            double a = 0;
            double b = 0;
            for (int i = at; i < at + width; i++) {
                dot += (double) actual[i] * expected[i];
                a += (double) actual[i] * actual[i];
                b += (double) expected[i] * expected[i];
            }
            double cosine = dot / Math.sqrt(a * b);
            smallest = cosine >= smallest ? smallest : cosine; // keeps NaN
        }
        return smallest;
    }
}

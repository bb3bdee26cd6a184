package io.mambaspark.task;

import io.mambaspark.error.Finite;
import io.mambaspark.error.MambaException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Orders scored units of a document, best first, ties in document order. A unit and its score make one long key, and keys
 * rise as scores fall.
 */
final class Ranking {
    private Ranking() {}

    /** The units of the {@code most} best of {@code count} scores, best first. */
    static int[] best(float[] scores, int count, int most) {
        PriorityQueue<Long> worstFirst = new PriorityQueue<>(Comparator.reverseOrder());
        for (int unit = 0; unit < count; unit++) {
            long key = key(scores[unit], unit);
            if (worstFirst.size() < most) {
                worstFirst.add(key);
            } else if (key < worstFirst.element()) {
                worstFirst.remove();
                worstFirst.add(key);
            }
        }
        return worstFirst.stream()
                .mapToLong(key -> key)
                .sorted()
                .mapToInt(Ranking::unit)
                .toArray();
    }

    /**
     * The key of a unit.
     *
     * @throws MambaException MAMBA_NOT_A_NUMBER
     */
    static long key(float score, int unit) {
        int bits = Float.floatToIntBits(checked(score, unit) + 0f); // -0 becomes 0
        int rising = bits ^ (bits >> 31 & Integer.MAX_VALUE); // negative floats count backwards
        return (long) ~rising << 32 | unit;
    }

    /**
     * {@code score}, if it is finite.
     *
     * @throws MambaException MAMBA_NOT_A_NUMBER
     */
    static float checked(float score, int unit) {
        if (!Float.isFinite(score)) {
            throw Finite.notANumber("The score of sentence or passage " + unit);
        }
        return score;
    }

    /** The unit of a key. */
    static int unit(long key) {
        return (int) key;
    }
}

package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.model.QueryRules;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QueryScoresTest {
    @Test
    void aDocumentOfFourSentencesByHand() {
        // z(cos) = (-1, 1, -1, 1), z(bm25) = (-1, -1, 1, 1): s = (-1, 0.4, -0.4, 1)
        assertThat(combined(new float[] {0.1f, 0.3f, 0.1f, 0.3f}, new float[] {0, 0, 8, 8}))
                .containsExactly(new float[] {-0.8f, -0.3f, 0.3f, 0.8f}, within(1e-6f));
    }

    @Property
    void scoresFollowTheFormula(
            @ForAll @Size(max = 40) float @FloatRange(min = -1, max = 1) [] cosines,
            @ForAll @Size(max = 40) float @FloatRange(max = 30) [] scores) {
        float[] bm25 = Arrays.copyOf(scores, cosines.length);
        double[] zCosines = zScores(cosines);
        double[] zBm25 = zScores(bm25);
        double[] s = new double[cosines.length + 2];
        for (int i = 0; i < cosines.length; i++) {
            s[i + 1] = 0.3 * zBm25[i] + 0.7 * zCosines[i];
        }
        float[] combined = combined(cosines, bm25);
        for (int i = 0; i < cosines.length; i++) {
            double expected = s[i + 1] + 0.5 * s[i] + 0.5 * s[i + 2];
            assertThat((double) combined[i]).isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void equalValuesCountNothing() {
        float[] same = new float[1000];
        Arrays.fill(same, 0.1f);
        assertThat(combined(same, same)).containsOnly(0f);
        assertThat(combined(new float[] {0.5f}, new float[] {3})).containsExactly(0f);
        assertThat(combined(new float[0], new float[0])).isEmpty();
    }

    @Test
    void eachQueryHasItsOwnScores() {
        float[][] cosines = {{0.1f, 0.3f, 0.1f, 0.3f}, {0.3f, 0.1f, 0.3f, 0.1f}};
        QueryScores.combine(
                new Rows(cosines),
                2,
                (text, scores) -> {
                    scores[0] = Integer.parseInt(text) < 2 ? 0 : 8;
                    scores[1] = 8 - scores[0];
                },
                QueryRules.VERSION_1);
        assertThat(cosines[0]).containsExactly(new float[] {-0.8f, -0.3f, 0.3f, 0.8f}, within(1e-6f));
        assertThat(cosines[1]).containsExactly(new float[] {0.8f, 0.3f, -0.3f, -0.8f}, within(1e-6f));
    }

    private static float[] combined(float[] cosines, float[] bm25) {
        float[][] scores = {cosines.clone()};
        QueryScores.combine(
                new Rows(scores),
                1,
                (text, lexical) -> lexical[0] = bm25[Integer.parseInt(text)],
                QueryRules.VERSION_1);
        return scores[0];
    }

    /** Units whose text is their number. */
    private record Rows(float[][] numbers) implements QueryScores.Units {
        @Override
        public int size() {
            return numbers[0].length;
        }

        @Override
        public String text(int unit) {
            return Integer.toString(unit);
        }

        @Override
        public boolean isCandidate(int unit) {
            return true;
        }

        @Override
        public float number(int query, int unit) {
            return numbers[query][unit];
        }

        @Override
        public void number(int query, int unit, float number) {
            numbers[query][unit] = number;
        }
    }

    private static double[] zScores(float[] values) {
        double mean = 0;
        double variance = 0;
        for (float value : values) {
            mean += (double) value / values.length;
        }
        for (float value : values) {
            variance += Math.pow(value - mean, 2) / values.length;
        }
        double[] z = new double[values.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = variance < 1e-14 ? 0 : (values[i] - mean) / Math.sqrt(variance);
        }
        return z;
    }
}

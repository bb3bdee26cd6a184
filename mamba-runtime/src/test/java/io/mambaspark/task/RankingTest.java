package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RankingTest {
    @Property
    void isWhatSortingGives(
            @ForAll @Size(max = 60) float @FloatRange(min = -2, max = 2) [] scores,
            @ForAll @IntRange(min = 1, max = 70) int most) {
        for (int i = 3; i < scores.length; i += 4) {
            scores[i] = scores[i - 3]; // ties
        }
        int[] sorted = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i))
                .limit(most)
                .mapToInt(i -> i)
                .toArray();
        assertThat(Ranking.best(scores, scores.length, most)).containsExactly(sorted);
    }

    @Example
    void looksOnlyAtTheScoresThatCount() {
        assertThat(Ranking.best(new float[] {1, 2, 9, 9}, 2, 5)).containsExactly(1, 0);
    }

    @Example
    void refusesWhatIsNotANumber() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> Ranking.best(new float[] {1, wrong}, 2, 1))
                    .hasMessageStartingWith("[MAMBA_NOT_A_NUMBER] The score of sentence or passage 1 ");
        }
    }
}

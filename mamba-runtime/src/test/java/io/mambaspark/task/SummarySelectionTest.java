package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.mambaspark.error.MambaException;
import io.mambaspark.text.Words;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SummarySelectionTest {
    private record Sentence(float score, int words) {}

    private record Sentences(List<Sentence> list) implements SummarySelection.Candidates {
        @Override
        public int size() {
            return list.size();
        }

        @Override
        public float score(int candidate) {
            return list.get(candidate).score();
        }

        @Override
        public int words(int candidate) {
            return list.get(candidate).words();
        }
    }

    @Property(tries = 2000)
    void theLimitHoldsInDocumentOrderWithoutRepetition(
            @ForAll("documents") List<Sentence> document, @ForAll @IntRange(min = 1, max = 600) int maxWords) {
        SummarySelection selection = SummarySelection.of(new Sentences(document), maxWords);
        int words = Arrays.stream(selection.sentences())
                .map(i -> document.get(i).words())
                .sum();
        assertThat(selection.sentences()).doesNotHaveDuplicates().isSorted();
        assertThat(selection.sentences().length == 0).isEqualTo(document.isEmpty());
        if (selection.truncated()) {
            assertThat(selection.sentences()).hasSize(1);
            assertThat(document).allMatch(sentence -> sentence.words() > maxWords);
        } else {
            assertThat(words).isLessThanOrEqualTo(maxWords);
        }
    }

    @Property(tries = 2000)
    void theSelectionIsThatOfTheRuleAsWritten(
            @ForAll("documents") List<Sentence> document, @ForAll @IntRange(min = 1, max = 600) int maxWords) {
        assertThat(SummarySelection.of(new Sentences(document), maxWords).sentences())
                .containsExactly(asWritten(document, maxWords));
    }

    /** Scores of few values make ties; short and long sentences make some that fit where others do not. */
    @Provide
    Arbitrary<List<Sentence>> documents() {
        Arbitrary<Float> scores = Arbitraries.oneOf(
                Arbitraries.of(-1.5f, -0f, 0f, 1f), Arbitraries.floats().between(-5, 5));
        Arbitrary<Integer> words = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 700));
        return Combinators.combine(scores, words).as(Sentence::new).list().ofMaxSize(120);
    }

    /** {@code summary_selection} word by word, with an exact N = max_words / 1.1 compared as N * 1.1. */
    private static int[] asWritten(List<Sentence> document, int maxWords) {
        List<Integer> falling =
                new ArrayList<>(IntStream.range(0, document.size()).boxed().toList());
        falling.sort(Comparator.comparingDouble((Integer i) -> -document.get(i).score() + 0.0));
        List<Integer> taken = new ArrayList<>();
        int words = 0;
        for (int i : falling) {
            if (words + document.get(i).words() > maxWords) {
                if (atLeast(words, "0.9", maxWords)) {
                    break;
                }
                continue;
            }
            taken.add(i);
            words += document.get(i).words();
            if (atLeast(words, "1", maxWords)) {
                break;
            }
        }
        if (taken.isEmpty() && !falling.isEmpty()) {
            taken.add(falling.get(0));
        }
        return taken.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static boolean atLeast(int words, String share, int maxWords) {
        BigDecimal target = new BigDecimal(share).multiply(BigDecimal.valueOf(maxWords));
        return new BigDecimal("1.1").multiply(BigDecimal.valueOf(words)).compareTo(target) >= 0;
    }

    @Test
    void thePublishedBudgetOf473WordsAimsAt430() {
        assertThat(select(473, new Sentence(3, 430), new Sentence(2, 5))).containsExactly(0);
        assertThat(select(473, new Sentence(3, 429), new Sentence(2, 44))).containsExactly(0, 1);
        assertThat(select(473, new Sentence(3, 387), new Sentence(2, 87), new Sentence(1, 5)))
                .as("0.9 of the target is there: one that does not fit ends it")
                .containsExactly(0);
        assertThat(select(473, new Sentence(3, 386), new Sentence(2, 88), new Sentence(1, 5)))
                .as("less: one that does not fit is skipped")
                .containsExactly(0, 2);
    }

    @Test
    void theBestSentenceIsCutWhenNoneFits() {
        SummarySelection selection = SummarySelection.of(
                new Sentences(List.of(new Sentence(1, 9), new Sentence(2, 12), new Sentence(2, 8))), 5);
        assertThat(selection.sentences()).containsExactly(1);
        assertThat(selection.truncated()).isTrue();
        assertThat(new WordLimit(Words.DEFAULT).cut("One two,\u00a0three  \n four five six.", 4))
                .isEqualTo("One two,\u00a0three  \n four…");
        assertThat(new WordLimit(Words.DEFAULT).cut("One two", 1)).isEqualTo("One…");
    }

    @Test
    void unitsWithoutAWordAreNeverTaken() {
        assertThat(select(10)).isEmpty();
        assertThat(select(10, new Sentence(9, 0))).isEmpty();
        assertThat(select(2, new Sentence(9, 0), new Sentence(1, 3))).containsExactly(1);
    }

    @Test
    void extremeScoresKeepTheirOrder() {
        Sentence[] rising = {
            new Sentence(-Float.MAX_VALUE, 1),
            new Sentence(-1f, 1),
            new Sentence(-Float.MIN_VALUE, 1),
            new Sentence(0f, 1),
            new Sentence(-0f, 1),
            new Sentence(Float.MIN_VALUE, 1),
            new Sentence(Float.MAX_VALUE, 1)
        };
        assertThat(select(1, rising)).containsExactly(6);
        assertThat(select(3, rising)).as("0 and -0 are a tie").containsExactly(3, 5, 6);
        assertThat(select(5, rising)).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void aScoreThatIsNoNumberIsNotHidden() {
        assertThatThrownBy(() -> select(5, new Sentence(1, 3), new Sentence(Float.NaN, 3)))
                .hasMessageContaining("[MAMBA_NOT_A_NUMBER]")
                .hasMessageContaining("sentence or passage 1 ");
    }

    @Test
    void zeroWordsMeanATenthWithinLimits() {
        assertThat(SummarySelection.budget(7, 1_000_000)).isEqualTo(7);
        assertThat(SummarySelection.budget(0, 0)).isEqualTo(50);
        assertThat(SummarySelection.budget(0, 509)).isEqualTo(50);
        assertThat(SummarySelection.budget(0, 5_678)).isEqualTo(567);
        assertThat(SummarySelection.budget(0, 4_000_000_000L)).isEqualTo(1000);
        assertThatThrownBy(() -> SummarySelection.budget(-3, 100))
                .isInstanceOf(MambaException.class)
                .hasMessageContaining("[MAMBA_MAX_WORDS_INVALID] The argument max_words of summarize is -3");
        assertThatThrownBy(() -> select(0, new Sentence(1, 3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMillionSentencesTakeFewBytesEach() {
        int size = 1_000_000;
        Random random = new Random(1);
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            scores[i] = random.nextFloat();
        }
        SummarySelection.Candidates candidates = new SummarySelection.Candidates() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public float score(int candidate) {
                return scores[candidate];
            }

            @Override
            public int words(int candidate) {
                return 3 + candidate % 30;
            }
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        SummarySelection selection = SummarySelection.of(candidates, Integer.MAX_VALUE);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32L * size);
        assertThat(selection.sentences()).hasSize(size);
        assertThat(SummarySelection.of(candidates, 1000).sentences()).hasSizeBetween(20, 300);
    }

    private static int[] select(int maxWords, Sentence... document) {
        return SummarySelection.of(new Sentences(List.of(document)), maxWords).sentences();
    }
}

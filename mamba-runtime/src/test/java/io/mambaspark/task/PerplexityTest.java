package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.model.ReferenceTensors;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.TinyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Perplexity against the logits of Hugging Face. */
class PerplexityTest {
    private static final int LENGTH = 200;
    private static final int VOCABULARY = 96;

    private static ReferenceTensors expected;
    private static int[] ids;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        expected = ReferenceTensors.read(TinyReader.RESOURCES + "expected.safetensors");
        ids = expected.ints("input_ids." + LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, LENGTH - 1, LENGTH, LENGTH + 1})
    void isThatOfHuggingFaceInBlocksOfAnySize(int blockTokens) throws IOException {
        String text = TinyReader.text(ids);
        assertThat(perplexities(OptionalInt.empty(), blockTokens, text).get(0)).isCloseTo(huggingFace(), within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, LENGTH})
    void theMarkerPredictsTheFirstToken(int blockTokens) throws IOException {
        String text = TinyReader.text(Arrays.copyOfRange(ids, 1, LENGTH));
        assertThat(perplexities(OptionalInt.of(ids[0]), blockTokens, text).get(0))
                .isCloseTo(huggingFace(), within(1e-3));
    }

    @Test
    void neitherBlocksNorNeighboursChangeABit() throws IOException {
        String text = TinyReader.text(ids);
        double alone = perplexities(OptionalInt.empty(), 512, text).get(0);
        for (int blockTokens : new int[] {1, 7, 64, 300}) {
            assertThat(perplexities(OptionalInt.empty(), blockTokens, text.substring(150), text, "xy", text))
                    .element(1)
                    .isEqualTo(alone);
        }
    }

    @Test
    void nothingToScoreIsNotANumber() throws IOException {
        assertThat(perplexities(OptionalInt.empty(), 64, "", "a", "ab"))
                .satisfiesExactly(
                        empty -> assertThat(empty).isNaN(),
                        unpredicted -> assertThat(unpredicted).isNaN(),
                        predicted -> assertThat(predicted).isGreaterThan(1));
        assertThat(perplexities(OptionalInt.of(3), 64, "", "a"))
                .satisfiesExactly(
                        empty -> assertThat(empty).isNaN(),
                        predicted -> assertThat(predicted).isGreaterThan(1));
    }

    private List<Double> perplexities(OptionalInt marker, int blockTokens, String... texts) throws IOException {
        List<Double> perplexities = new ArrayList<>();
        try (MambaModel model = TinyReader.load(folder, marker, blockTokens)) {
            List<Document> documents =
                    Arrays.stream(texts).map(text -> Document.of("it", text)).toList();
            new Perplexity(model).measure(documents.iterator()).forEachRemaining(outcome -> {
                assertThat(outcome).extracting(Outcome::error).isNull();
                perplexities.add(outcome.value());
            });
        }
        return perplexities;
    }

    /** exp of the mean of -log softmax(logits of token t)[token t + 1]. */
    private static double huggingFace() {
        float[] logits = expected.floats("logits." + LENGTH);
        double sum = 0;
        for (int t = 0; t < LENGTH - 1; t++) {
            double all = 0;
            for (int v = 0; v < VOCABULARY; v++) {
                int times = (256 - v + VOCABULARY - 1) / VOCABULARY; // bytes with the embedding of token v
                all += times * Math.exp(logits[t * VOCABULARY + v]);
            }
            sum += Math.log(all) - logits[t * VOCABULARY + ids[t + 1]];
        }
        return Math.exp(sum / (LENGTH - 1));
    }
}

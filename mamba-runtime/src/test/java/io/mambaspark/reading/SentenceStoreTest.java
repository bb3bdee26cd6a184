package io.mambaspark.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.error.MambaException;
import io.mambaspark.reading.SentenceStore.Numbers;
import io.mambaspark.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceStoreTest {
    private static final int IN_HEAP = SentenceStore.IN_HEAP;
    private static final int DIMENSION = 3;

    @TempDir
    private Path folder;

    private static SentenceStore filled(SentenceStore store, int sentences) {
        for (int i = 0; i < sentences; i++) {
            store.add(new Numbers(new Span(10 * i, 10 * i + 9), i % 50, i % 7, i % 11), -i, vector(i), new float[] {
                i, 0.5f * i
            });
        }
        return store;
    }

    /** Unit length, near the first axis. */
    private static float[] vector(int i) {
        float[] vector = {4, (float) Math.sin(i), (float) Math.cos(3 * i)};
        Vectors.normalise(vector);
        return vector;
    }

    private SentenceStore store() {
        return new SentenceStore(DIMENSION, 2, folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, IN_HEAP, IN_HEAP + 1, IN_HEAP + 1_024, IN_HEAP + 3_000})
    void givesBackWhatItTookAsOftenAsItIsAsked(int sentences) {
        try (SentenceStore store = filled(store(), sentences)) {
            assertThat(store.size()).isEqualTo(sentences);
            for (int pass = 0; pass < 2; pass++) {
                int[] next = {0};
                store.forEach(new float[] {1, 0, 0}, (i, numbers, cosine, features, at) -> {
                    assertThat(i).isEqualTo(next[0]++);
                    if (!numbers.equals(new Numbers(new Span(10 * i, 10 * i + 9), i % 50, i % 7, i % 11))
                            || features[at] != i
                            || features[at + 1] != 0.5f * i) {
                        throw new AssertionError("sentence " + i);
                    }
                });
                assertThat(next[0]).isEqualTo(sentences);
            }
            for (int i = 0; i < sentences; i += 997) {
                isThere(store, i);
            }
            if (sentences > 0) {
                isThere(store, sentences - 1);
            }
        }
    }

    private static void isThere(SentenceStore store, int i) {
        assertThat(store.numbers(i)).isEqualTo(new Numbers(new Span(10 * i, 10 * i + 9), i % 50, i % 7, i % 11));
        assertThat(store.score(i)).isEqualTo(-i);
    }

    /** A byte a component is enough: what counts of a vector is kept as it is. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0, 2e-5", "0.98, 0.19, 0.06, 4e-4", "0, 0.6, 0.8, 2e-3"})
    void cosinesAreExactTowardsTheMean(float x, float y, float z, double tolerance) {
        float[] direction = {x, y, z};
        Vectors.normalise(direction);
        try (SentenceStore store = filled(store(), IN_HEAP + 5_000)) {
            store.forEach(
                    direction,
                    (i, numbers, cosine, features, at) -> assertThat(cosine)
                            .isCloseTo(Vectors.dot(direction, vector(i), 0), within((float)
                                    (i < IN_HEAP ? 1e-7 : tolerance))));
        }
    }

    @Test
    void goesOnAfterItWasReadAndAfterItWasCleared() {
        try (SentenceStore store = filled(store(), IN_HEAP + 100)) {
            int last = IN_HEAP + 99;
            assertThat(store.numbers(last).span().start()).isEqualTo(10 * last);
            store.add(new Numbers(new Span(7, 8), 3, 2, 5), 1, vector(1), new float[2]);
            assertThat(store.numbers(last + 1).span()).isEqualTo(new Span(7, 8));
            assertThat(store.numbers(last).span().start()).isEqualTo(10 * last);
            store.clear();
            assertThat(store.size()).isZero();
            filled(store, IN_HEAP + 7);
            isThere(store, IN_HEAP + 6);
        }
    }

    @Test
    void withoutVectorsItKeepsTheRest() {
        try (SentenceStore store = new SentenceStore(0, 0, folder)) {
            for (int i = 0; i < IN_HEAP + 2_000; i++) {
                store.add(new Numbers(new Span(i, i + 1), 1, i % 9, 0), 0, null, null);
            }
            assertThat(store.numbers(IN_HEAP + 1_999).span()).isEqualTo(new Span(IN_HEAP + 1_999, IN_HEAP + 2_000));
            assertThat(store.numbers(IN_HEAP).words()).isEqualTo(IN_HEAP % 9);
        }
    }

    @Test
    void namesTheFolderThatHasNoRoom() {
        Path nowhere = folder.resolve("nowhere");
        try (SentenceStore store = filled(new SentenceStore(DIMENSION, 2, nowhere), IN_HEAP)) {
            assertThatThrownBy(() ->
                            store.add(new Numbers(new Span(0, 1), 1, 1, 0), 0, new float[DIMENSION], new float[2]))
                    .isInstanceOf(MambaException.class)
                    .hasMessageStartingWith("[MAMBA_SENTENCE_STORE]")
                    .hasMessageContaining(nowhere.toString());
        }
    }

    /** The file has no name from the start; what tells of it is the descriptor. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theFileIsGoneWhenTheStoreIsClosed() throws IOException {
        SentenceStore store = filled(store(), IN_HEAP + 2_000);
        assertThat(openFiles()).hasSize(1);
        store.close();
        assertThat(openFiles()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private List<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(SentenceStoreTest::target)
                    .filter(target -> target.startsWith(folder.toString()))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}

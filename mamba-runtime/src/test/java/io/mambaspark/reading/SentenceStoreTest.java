package io.mambaspark.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.text.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceStoreTest {
    private static final int IN_HEAP = SentenceStore.VECTORS_IN_HEAP;
    private static final int DIMENSION = 3;

    @TempDir
    private Path folder;

    private static SentenceStore filled(SentenceStore store, int sentences) {
        for (int i = 0; i < sentences; i++) {
            store.add(new Span(10 * i, 10 * i + 9), i % 50, i % 7, -i, new float[] {i, 2f * i, 0.5f * i});
        }
        return store;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, IN_HEAP, IN_HEAP + 1, IN_HEAP + 1_024, IN_HEAP + 3_000})
    void givesBackWhatItTookAsOftenAsItIsAsked(int sentences) {
        try (SentenceStore store = filled(new SentenceStore(DIMENSION, folder), sentences)) {
            assertThat(store.size()).isEqualTo(sentences);
            for (int pass = 0; pass < 2; pass++) {
                int[] next = {0};
                store.forEachVector((i, vectors, at) -> {
                    assertThat(i).isEqualTo(next[0]++);
                    if (vectors[at] != i || vectors[at + 1] != 2f * i || vectors[at + 2] != 0.5f * i) {
                        throw new AssertionError("vector of sentence " + i);
                    }
                });
                assertThat(next[0]).isEqualTo(sentences);
            }
            if (sentences > 0) {
                int last = sentences - 1;
                assertThat(store.span(last)).isEqualTo(new Span(10 * last, 10 * last + 9));
                assertThat(store.tokens(last)).isEqualTo(last % 50);
                assertThat(store.words(last)).isEqualTo(last % 7);
                assertThat(store.score(last)).isEqualTo(-last);
            }
        }
    }

    @Test
    void goesOnAfterItWasReadAndAfterItWasCleared() {
        try (SentenceStore store = filled(new SentenceStore(DIMENSION, folder), IN_HEAP + 100)) {
            float[] sums = new float[1];
            store.forEachVector((i, vectors, at) -> sums[0] = vectors[at]);
            assertThat(sums[0]).isEqualTo(IN_HEAP + 99);
            store.clear();
            assertThat(store.size()).isZero();
            filled(store, IN_HEAP + 7);
            store.forEachVector((i, vectors, at) -> sums[0] = vectors[at]);
            assertThat(sums[0]).isEqualTo(IN_HEAP + 6);
        }
    }

    @Test
    void withoutVectorsItMakesNoFile() {
        Path nowhere = folder.resolve("nowhere");
        try (SentenceStore store = new SentenceStore(0, nowhere)) {
            for (int i = 0; i < IN_HEAP + 1; i++) {
                store.add(new Span(i, i + 1), 1, 1, 0, null);
            }
            assertThat(store.size()).isEqualTo(IN_HEAP + 1);
        }
    }

    @Test
    void namesTheFolderThatHasNoRoom() {
        Path nowhere = folder.resolve("nowhere");
        try (SentenceStore store = filled(new SentenceStore(DIMENSION, nowhere), IN_HEAP)) {
            assertThatThrownBy(() -> store.add(new Span(0, 1), 1, 1, 0, new float[DIMENSION]))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("[MAMBA_SENTENCE_STORE]")
                    .hasMessageContaining(nowhere.toString());
        }
    }

    /** The file has no name from the start; what tells of it is the descriptor. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theFileIsGoneWhenTheStoreIsClosed() throws IOException {
        SentenceStore store = filled(new SentenceStore(DIMENSION, folder), IN_HEAP + 2_000);
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

package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.store.IndexTerms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class DenseHalfTest {
    private static final int QUERIES = 30;

    @TempDir
    private static Path folder;

    private static MadeUpPassages made;
    private static List<ShardPassage> all;
    private static Shard shard;

    @BeforeAll
    static void write() {
        made = new MadeUpPassages(21);
        all = made.documents(4000, 5);
        shard = MadeUpPassages.shard(folder.resolve("shard"), all);
    }

    @AfterAll
    static void close() {
        shard.close();
    }

    /** The ordinals of all passages that pass, by falling cosine. */
    private static int[] ranking(float[] query, IntPredicate passes) {
        double[] cosines =
                all.stream().mapToDouble(passage -> cosine(query, passage)).toArray();
        return IntStream.range(0, all.size())
                .filter(passes)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> (float) cosines[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double cosine(float[] query, ShardPassage passage) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += (double) query[i] * passage.vector()[i];
        }
        return sum;
    }

    private static float[] query(int number) {
        return made.near(number % 40);
    }

    @Test
    void exactIsBruteForce() {
        for (int i = 0; i < QUERIES; i++) {
            float[] query = query(i);
            Best best = shard.dense(query, true).best(50, shard.select(null, null));
            assertThat(best.ordinals()).containsExactly(Arrays.copyOf(ranking(query, ordinal -> true), 50));
            for (int hit = 0; hit < best.size(); hit++) {
                assertThat(best.scores()[hit]).isEqualTo((float) cosine(query, all.get(best.ordinals()[hit])));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theGraphFindsWhatTheScanFinds(int every) {
        RoaringBitmap passing = LexicalHalfTest.every(every, all.size());
        Selection among = shard.select(every == 1 ? null : passing, null);
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            float[] query = query(i);
            Best exact = shard.dense(query, true).best(10, among);
            Best near = shard.dense(query, false).best(200, among);
            Set<Integer> expected = new HashSet<>();
            Arrays.stream(exact.ordinals()).forEach(expected::add);
            assertThat(Arrays.stream(near.ordinals())).allMatch(passing::contains);
            expected.retainAll(Arrays.stream(near.ordinals()).limit(10).boxed().toList());
            found += expected.size();
        }
        assertThat(found / (10.0 * QUERIES)).isGreaterThanOrEqualTo(0.98);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 9999, 1_000_000})
    void aFilterGivesWhatBruteForceGives(int every) {
        RoaringBitmap passing = LexicalHalfTest.every(every, all.size());
        boolean selective = passing.getCardinality() <= all.size() / 20;
        for (int i = 0; i < QUERIES; i++) {
            float[] query = query(i);
            int[] expected = ranking(query, passing::contains);
            Best best = shard.dense(query, !selective).best(10, shard.select(passing, null));
            assertThat(best.ordinals()).containsExactly(Arrays.copyOf(expected, Math.min(10, expected.length)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofADocumentItsBestPassage(boolean exact) {
        // One document has the best 3,000 passages of all.
        List<ShardPassage> passages = new ArrayList<>(all);
        for (int i = 0; i < 3000; i++) {
            passages.add(new ShardPassage("every", i, 0, 1, "a", made.near(7), null));
        }
        float[] query = made.near(7);
        try (Shard one = MadeUpPassages.shard(folder.resolve("every" + exact), passages)) {
            Best best = one.dense(query, exact).bestOfDocuments(200, one.select(null, null));
            Set<String> seen = new HashSet<>();
            int[] expected = IntStream.range(0, passages.size())
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> (float) cosine(query, passages.get(i)))
                            .reversed())
                    .filter(i -> seen.add(passages.get(i).docId()))
                    .limit(200)
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(best.ordinals()).containsExactly(expected);
        }
    }

    @Test
    void whatWasPutInComesOut() {
        int[] some = {0, 1, 17, all.size() - 1};
        assertThat(shard.passages()).isEqualTo(all.size());
        assertThat(shard.docIds(some))
                .containsExactly(
                        Arrays.stream(some).mapToObj(i -> all.get(i).docId()).toArray(String[]::new));
        assertThat(shard.passageNumbers(some))
                .containsExactly(
                        Arrays.stream(some).map(i -> all.get(i).passage()).toArray());
        for (int i : some) {
            ShardPassage passage = all.get(i);
            assertThat(shard.stored(i))
                    .isEqualTo(new StoredPassage(passage.start(), passage.end(), passage.text(), passage.kept()));
        }
    }

    /** In few files, and with vectors of one byte a number in a graph even if there was a single flush. */
    @Test
    void aShardIsOneSegmentWithAGraph() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("shard"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll(".*\\.", ".")))
                    .containsExactlyInAnyOrder(".cfe", ".cfs", ".si", "segments_1");
        }
        String content = Files.readString(folder.resolve("shard").resolve(cfe()), StandardCharsets.ISO_8859_1);
        assertThat(content).contains(".vex").contains(".veq").contains(".vec");
    }

    private static String cfe() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("shard"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cfe"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** More numbers than Lucene's own limit of 1,024. */
    @Test
    void vectorsOfLargeModels() {
        int dimension = 2560;
        float[] vector = new float[dimension];
        vector[2559] = 1;
        try (ShardWriter writer = new ShardWriter(folder.resolve("large"), dimension, IndexTerms.PLAIN)) {
            writer.add(new ShardPassage("d", 0, 0, 1, "a", vector, null));
            writer.finish();
        }
        try (Shard large = Shard.open(folder.resolve("large"))) {
            assertThat(large.dense(vector, false)
                            .best(1, large.select(null, null))
                            .scores())
                    .containsExactly(1);
        }
    }

    /** More passages than the buffer holds lie in the order in which they came. */
    @Test
    void manyFlushesKeepTheOrder() {
        try (ShardWriter writer =
                new ShardWriter(folder.resolve("flushes"), MadeUpPassages.DIMENSION, IndexTerms.PLAIN, 0.5)) {
            all.subList(0, 5000).forEach(writer::add);
            writer.finish();
        }
        try (Shard flushes = Shard.open(folder.resolve("flushes"))) {
            int[] ordinals = IntStream.range(0, 5000).toArray();
            assertThat(flushes.docIds(ordinals))
                    .containsExactly(
                            all.stream().limit(5000).map(ShardPassage::docId).toArray(String[]::new));
            assertThat(flushes.passageNumbers(ordinals))
                    .containsExactly(all.stream()
                            .limit(5000)
                            .mapToInt(ShardPassage::passage)
                            .toArray());
            assertThat(flushes.dense(all.get(4321).vector(), true)
                            .best(1, flushes.select(null, null))
                            .ordinals())
                    .containsExactly(4321);
        }
    }

    @Test
    void refusesPassagesInWrongOrderAndOfOtherModels() {
        float[] vector = made.near(0);
        try (ShardWriter writer =
                new ShardWriter(folder.resolve("refused"), MadeUpPassages.DIMENSION, IndexTerms.PLAIN)) {
            writer.add(new ShardPassage("b", 1, 0, 1, "x", vector, null));
            assertThatThrownBy(() -> writer.add(new ShardPassage("b", 1, 0, 1, "x", vector, null)))
                    .hasMessageContaining("passage 1 of b comes behind passage 1 of b");
            assertThatThrownBy(() -> writer.add(new ShardPassage("a", 0, 0, 1, "x", vector, null)))
                    .hasMessageContaining("passage 0 of a");
            assertThatThrownBy(() -> writer.add(new ShardPassage("c", 0, 0, 1, "x", new float[3], null)))
                    .hasMessageContaining("3 numbers, not 160");
        }
    }
}

package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.store.IndexTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class LexicalHalfTest {
    private static final int QUERIES = 40;

    @TempDir
    private Path folder;

    private record Scored(ShardPassage passage, float score) {}

    /** Bit for bit, and in the same order: the statistics of the shards are summed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void shardsTogetherScoreAsOneLuceneIndex(int count) throws IOException {
        MadeUpPassages made = new MadeUpPassages(count);
        List<ShardPassage> all = made.documents(300, 5);
        List<List<ShardPassage>> parts = split(all, count);
        List<Shard> shards = open(parts);
        try (PlainLucene plain = new PlainLucene(all)) {
            for (int i = 0; i < QUERIES; i++) {
                String query = made.query();
                LexicalQuery words = LexicalQuery.of(query, IndexTerms.PLAIN);
                TermCounts counts = shards.stream()
                        .map(shard -> shard.counts(words))
                        .reduce(TermCounts.none(words), TermCounts::plus);
                List<Scored> found = new ArrayList<>();
                for (int s = 0; s < count; s++) {
                    Half half = shards.get(s).lexical(words, counts);
                    Best best = half.best(all.size(), shards.get(s).select(null, null));
                    found.addAll(scored(parts.get(s), best));
                    assertThat(half.scores(rising(best))).containsExactly(scoresInOrderOfOrdinals(best));
                }
                assertThat(merged(found)).containsExactlyEntriesOf(plain.search(query));
            }
        } finally {
            shards.forEach(Shard::close);
        }
    }

    @Test
    void aFilterGivesWhatIsLeftOfTheWholeRanking() throws IOException {
        MadeUpPassages made = new MadeUpPassages(11);
        List<ShardPassage> all = made.documents(400, 5);
        try (PlainLucene plain = new PlainLucene(all);
                Shard shard = MadeUpPassages.shard(folder, all)) {
            for (int every : new int[] {1, 2, 100, all.size(), all.size() + 1}) {
                RoaringBitmap passing = every(every, all.size());
                for (int i = 0; i < QUERIES; i++) {
                    String query = made.query();
                    LexicalQuery words = LexicalQuery.of(query, IndexTerms.PLAIN);
                    Best best = shard.lexical(words, shard.counts(words)).best(10, shard.select(passing, null));
                    Map<ShardPassage, Float> expected = new LinkedHashMap<>();
                    plain.search(query).forEach((passage, score) -> {
                        if (expected.size() < 10 && passing.contains(all.indexOf(passage))) {
                            expected.put(passage, score);
                        }
                    });
                    assertThat(merged(scored(all, best))).containsExactlyEntriesOf(expected);
                }
            }
        }
    }

    @Test
    void deletedPassagesAreNotFound() {
        MadeUpPassages made = new MadeUpPassages(5);
        List<ShardPassage> all = made.documents(100, 3);
        try (Shard shard = MadeUpPassages.shard(folder, all)) {
            LexicalQuery words =
                    LexicalQuery.of(all.get(0).text() + " " + all.get(1).text(), IndexTerms.PLAIN);
            Half half = shard.lexical(words, shard.counts(words));
            Best before = half.best(5, shard.select(null, null));
            RoaringBitmap deleted = RoaringBitmap.bitmapOf(before.ordinals()[0], before.ordinals()[2]);
            assertThat(half.best(3, shard.select(null, deleted)).ordinals())
                    .containsExactly(before.ordinals()[1], before.ordinals()[3], before.ordinals()[4]);
            assertThat(shard.select(RoaringBitmap.bitmapOf(before.ordinals()[0], 7), deleted)
                            .passages())
                    .isEqualTo(1);
        }
    }

    @Test
    void ofADocumentItsBestPassage() throws IOException {
        MadeUpPassages made = new MadeUpPassages(3);
        List<ShardPassage> all = made.documents(60, 30);
        try (PlainLucene plain = new PlainLucene(all);
                Shard shard = MadeUpPassages.shard(folder, all)) {
            for (int i = 0; i < QUERIES; i++) {
                String query = made.query();
                LexicalQuery words = LexicalQuery.of(query, IndexTerms.PLAIN);
                Best best = shard.lexical(words, shard.counts(words)).bestOfDocuments(10, shard.select(null, null));
                Map<ShardPassage, Float> expected = new LinkedHashMap<>();
                Set<String> seen = new HashSet<>();
                plain.search(query).forEach((passage, score) -> {
                    if (expected.size() < 10 && seen.add(passage.docId())) {
                        expected.put(passage, score);
                    }
                });
                assertThat(merged(scored(all, best))).containsExactlyEntriesOf(expected);
            }
        }
    }

    @Test
    void findsNothingWhereNothingIs() {
        ShardPassage wordless = new ShardPassage("a", 0, 0, 3, "the", new MadeUpPassages(1).near(0), null);
        try (Shard shard = MadeUpPassages.shard(folder, List.of(wordless))) {
            for (String query : List.of("the", "rabbit", "")) {
                LexicalQuery words = LexicalQuery.of(query, IndexTerms.PLAIN);
                Half half = shard.lexical(words, shard.counts(words));
                assertThat(half.best(10, shard.select(null, null)).size()).isZero();
                assertThat(half.bestOfDocuments(10, shard.select(null, null)).size())
                        .isZero();
                assertThat(half.scores(new int[] {0})).containsExactly(0);
            }
            assertThat(shard.stored(0)).isEqualTo(new StoredPassage(0, 3, "the", null));
        }
    }

    private List<Shard> open(List<List<ShardPassage>> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> MadeUpPassages.shard(folder.resolve(Integer.toString(i)), parts.get(i)))
                .toList();
    }

    private static List<List<ShardPassage>> split(List<ShardPassage> all, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> all.stream()
                        .filter(passage -> Math.floorMod(passage.docId().hashCode(), parts) == part)
                        .toList())
                .toList();
    }

    static RoaringBitmap every(int every, int passages) {
        RoaringBitmap passing = new RoaringBitmap();
        IntStream.range(0, passages).filter(i -> i % every == every - 1).forEach(passing::add);
        return passing;
    }

    private static List<Scored> scored(List<ShardPassage> passages, Best best) {
        return IntStream.range(0, best.size())
                .mapToObj(i -> new Scored(passages.get(best.ordinals()[i]), best.scores()[i]))
                .toList();
    }

    private static Map<ShardPassage, Float> merged(List<Scored> found) {
        Map<ShardPassage, Float> merged = new LinkedHashMap<>();
        found.stream()
                .sorted(Comparator.comparing(Scored::score)
                        .reversed()
                        .thenComparing(Scored::passage, MadeUpPassages.ORDER))
                .forEach(hit -> merged.put(hit.passage(), hit.score()));
        return merged;
    }

    private static int[] rising(Best best) {
        int[] rising = best.ordinals().clone();
        Arrays.sort(rising);
        return rising;
    }

    private static float[] scoresInOrderOfOrdinals(Best best) {
        float[] scores = new float[best.size()];
        int[] rising = rising(best);
        for (int i = 0; i < scores.length; i++) {
            scores[Arrays.binarySearch(rising, best.ordinals()[i])] = best.scores()[i];
        }
        return scores;
    }
}

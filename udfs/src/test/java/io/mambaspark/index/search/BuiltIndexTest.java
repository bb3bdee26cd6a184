package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.index.Library;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that was built, and searched as users do. */
class BuiltIndexTest {
    private static final List<String> QUERIES = List.of(
            "Who is the White Rabbit?",
            "How does the machine travel through time?",
            "the monster and its maker in the mountains",
            "xyzzy");

    @TempDir
    private static Path folder;

    private static Map<String, float[]> vectors;

    @BeforeAll
    static void build() {
        MambaIndex.build(Library.spark(), at("library"))
                .documents(Library.documents())
                .keepColumns("title", "year")
                .shards(3)
                .create();
        vectors = new HashMap<>();
        try (MambaModel model =
                MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"))) {
            QUERIES.forEach(query -> vectors.put(query, model.queryVector(query)));
        }
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static MambaIndex open(String name) {
        return MambaIndex.open(Library.spark(), at(name));
    }

    private static List<ShardPassage> passages(String name) {
        return Library.passages(folder.resolve(name)).stream()
                .map(BuiltIndexTest::passage)
                .sorted(Comparator.comparing(ShardPassage::docId).thenComparing(ShardPassage::passage))
                .toList();
    }

    private static ShardPassage passage(Row row) {
        List<Float> numbers = row.getList(row.fieldIndex("vector"));
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i);
        }
        return new ShardPassage(
                row.getAs("doc_id"),
                row.<Integer>getAs("passage"),
                row.<Integer>getAs("start"),
                row.<Integer>getAs("end"),
                row.getAs("text"),
                vector,
                null);
    }

    private static void assertFinds(
            String name, List<ShardPassage> all, SearchOptions options, Predicate<ShardPassage> passes)
            throws IOException {
        assertFinds(name, all, all.size(), options, passes);
    }

    /** @param living how many of them are not deleted */
    private static void assertFinds(
            String name, List<ShardPassage> all, int living, SearchOptions options, Predicate<ShardPassage> passes)
            throws IOException {
        try (BruteForce brute = new BruteForce(all, vectors, living)) {
            Dataset<Row> found = open(name).search(BruteForce.asked(Library.spark(), QUERIES), options);
            brute.assertAnswers(found, QUERIES, options, passes);
        }
    }

    private static List<SearchOptions> allModes() {
        return Stream.of(Mode.values()).map(SearchOptions.defaults()::withMode).toList();
    }

    @Test
    void findsWhatBruteForceFindsInItsParquetFiles() throws IOException {
        List<ShardPassage> all = passages("library");
        for (SearchOptions options : allModes()) {
            assertFinds("library", all, options, passage -> true);
            assertFinds("library", all, options.withGroupByDocument(true).withNumResults(5), passage -> true);
            assertFinds(
                    "library",
                    all,
                    options.withFilter("title LIKE 'Alice%' AND year = 1865"),
                    passage -> passage.docId().startsWith("alice"));
        }
        for (double least : new double[] {0.01, 0.5, 1}) {
            assertFinds("library", all, SearchOptions.defaults().withMinRelevance(least), passage -> true);
            assertFinds(
                    "library",
                    all,
                    SearchOptions.defaults().withMinRelevance(least).withGroupByDocument(true),
                    passage -> true);
        }
    }

    @Test
    void aRowHasTheKeptColumnsOfItsDocument() {
        Map<String, Row> documents = new HashMap<>();
        Library.documents().collectAsList().forEach(row -> documents.put(row.getAs("id"), row));
        assertThat(open("library")
                        .search(QUERIES.get(0), SearchOptions.defaults())
                        .collectAsList())
                .hasSize(10)
                .allSatisfy(row -> {
                    Row document = documents.get(row.<String>getAs("doc_id"));
                    assertThat(row.<String>getAs("title")).isEqualTo(document.getAs("title"));
                    assertThat(row.<Integer>getAs("year")).isEqualTo(document.<Integer>getAs("year"));
                    String text = document.getAs("text");
                    assertThat(row.<String>getAs("text"))
                            .isEqualTo(text.substring(
                                    text.offsetByCodePoints(0, row.getAs("start")),
                                    text.offsetByCodePoints(0, row.getAs("end"))));
                });
    }

    /** What was added is found, what was deleted is not; of the rest the words count until the index is compacted. */
    @Tag("thorough")
    @Test
    void changesAreSeen() throws IOException {
        MambaIndex.build(Library.spark(), at("changed"))
                .documents(Library.documents("alice"))
                .shards(2)
                .create();
        MambaIndex.build(Library.spark(), at("changed"))
                .documents(Library.documents("machine"))
                .append();
        List<ShardPassage> before = passages("changed");
        open("changed").delete(List.of("alice-1", "machine-2"));
        List<ShardPassage> after = passages("changed");
        assertThat(after.size()).isLessThan(before.size());
        Predicate<ShardPassage> alive = passage ->
                !passage.docId().equals("alice-1") && !passage.docId().equals("machine-2");
        for (SearchOptions options : allModes()) {
            assertFinds("changed", before, after.size(), options, alive);
            assertFinds(
                    "changed",
                    before,
                    after.size(),
                    options.withFilter("doc_id LIKE '%1' OR doc_id LIKE '%2'"),
                    alive.and(passage -> passage.docId().matches(".*[12]")));
        }
        open("changed").compact();
        for (SearchOptions options : allModes()) {
            assertFinds("changed", after, options, passage -> true);
        }
    }

    @Tag("thorough")
    @Test
    void executorsFindTheSameAndCopyOnce() throws Exception {
        List<String> lines = SearchOnExecutors.fork(folder, at("library"), QUERIES);
        List<String> expected = open("library")
                .search(BruteForce.asked(Library.spark(), QUERIES), SearchOptions.defaults())
                .orderBy("query_id", "rank")
                .toJSON()
                .collectAsList();
        assertThat(expected).hasSize(10 * QUERIES.size());
        assertThat(lines)
                .containsExactlyElementsOf(Stream.of(expected, expected, List.of("copied 0"))
                        .flatMap(List::stream)
                        .toList());
    }
}

package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.search.BruteForce.Hit;
import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.lexical.TermRules;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.LoggedLines;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches of a small index against plain Lucene and brute force over all its passages. */
class IndexSearchTest {
    private static final StructType QUERIES = StructType.fromDDL("id STRING, text STRING");

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static List<ShardPassage> all;
    private static List<String> queries;
    private static BruteForce brute;
    private static MadeUpIndex one;
    private static MadeUpIndex three;

    @BeforeAll
    static void write() throws IOException {
        spark = LocalSpark.session();
        SmallLibrary library = SmallLibrary.make(400);
        all = library.passages();
        queries = library.queries();
        brute = new BruteForce(all, library.vectors());
        one = MadeUpIndex.write(spark, folder.resolve("one"), all, 1);
        three = MadeUpIndex.write(spark, folder.resolve("three"), all, 3);
    }

    @AfterAll
    static void close() throws IOException {
        brute.close();
    }

    private static Dataset<Row> asked(List<String> texts) {
        return BruteForce.asked(spark, texts);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void allQueriesAtOnceGiveWhatBruteForceGives(Mode mode) {
        SearchOptions options = SearchOptions.defaults().withMode(mode).withExact(true);
        for (MadeUpIndex index : List.of(one, three)) {
            brute.assertAnswers(index.search(spark).search(asked(queries), options), queries, options, passage -> true);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ofADocumentItsBestPassage(Mode mode) {
        // One document has most of the best passages of this query.
        String query = queries.get(0);
        SearchOptions options = SearchOptions.defaults().withMode(mode).withGroupByDocument(true);
        assertThat(brute.expected(query, options.withGroupByDocument(false).withNumResults(200), passage -> true))
                .filteredOn(hit -> hit.docId().equals(SmallLibrary.LONG_DOCUMENT))
                .hasSizeGreaterThan(mode == Mode.LEXICAL ? 20 : 150);
        assertThat(Hit.all(three.search(spark).search(query, options)))
                .containsExactlyElementsOf(brute.expected(query, options, passage -> true))
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "year % 2 = 0                                  | 0.5",
                "year = 1950                                   | 0.01",
                "doc_id = 'doc-00007' AND passage = 0          | 0",
                "year < 1000                                   | 0",
                "passage > 0 AND `end` > `start` OR year = 1901 | 0.5",
            })
    void aFilterIsMetBeforeRanking(String filter, double share) {
        Predicate<ShardPassage> passes = switch (filter.substring(0, 9)) {
            case "year % 2 " -> passage -> MadeUpIndex.year(passage) % 2 == 0;
            case "year = 19" -> passage -> MadeUpIndex.year(passage) == 1950;
            case "doc_id = " -> passage -> passage.docId().equals("doc-00007") && passage.passage() == 0;
            case "year < 10" -> passage -> false;
            default -> passage -> passage.passage() > 0 || MadeUpIndex.year(passage) == 1901;
        };
        assertThat(all.stream().filter(passes).count() / (double) all.size()).isBetween(share / 2, share * 2 + 0.001);
        for (Mode mode : Mode.values()) {
            SearchOptions options = SearchOptions.defaults().withMode(mode).withFilter(filter);
            brute.assertAnswers(three.search(spark).search(asked(queries), options), queries, options, passes);
        }
    }

    /** Copies of a passage in several documents: their scores are equal in every mode. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void equalScoresGoByDocumentAndPassage(Mode mode) {
        SearchOptions options = SearchOptions.defaults().withMode(mode).withNumResults(SmallLibrary.COPIES);
        List<Row> rows = three.search(spark)
                .search(queries.get(1), options.withFilter("doc_id LIKE 'copy%'"))
                .collectAsList();
        assertThat(rows).hasSize(SmallLibrary.COPIES);
        assertThat(rows.stream().map(row -> (float) row.getAs("score")).distinct())
                .hasSize(1);
        assertThat(rows.stream().map(row -> row.getAs("doc_id") + "/" + row.getAs("passage")))
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void thePartitionsOfTheQueriesDoNotMatter(int partitions) {
        Dataset<Row> found = three.search(spark)
                .search(asked(queries).repartition(partitions), SearchOptions.defaults())
                .orderBy("query_id", "rank");
        Dataset<Row> before = three.search(spark)
                .search(asked(queries), SearchOptions.defaults())
                .orderBy("query_id", "rank");
        assertThat(found.collectAsList()).isEqualTo(before.collectAsList()).isNotEmpty();
    }

    @Test
    void aRowSaysAllOfItsPassage() {
        Dataset<Row> found = three.search(spark).search(queries.get(0), SearchOptions.defaults());
        assertThat(found.schema().toDDL())
                .isEqualTo("query_id INT,rank INT NOT NULL,score FLOAT NOT NULL,doc_id STRING NOT NULL,"
                        + "passage INT NOT NULL,start INT NOT NULL,end INT NOT NULL,text STRING NOT NULL,"
                        + "highlighted STRING NOT NULL,lexical_rank INT,dense_rank INT,year INT,relevance FLOAT");
        assertThat(found.collectAsList()).hasSize(10).allSatisfy(row -> {
            ShardPassage passage = all.stream()
                    .filter(each ->
                            each.docId().equals(row.getAs("doc_id")) && each.passage() == (int) row.getAs("passage"))
                    .findFirst()
                    .orElseThrow();
            assertThat((int) row.getAs("query_id")).isZero();
            assertThat((int) row.getAs("start")).isEqualTo(passage.start());
            assertThat((int) row.getAs("end")).isEqualTo(passage.end());
            assertThat((String) row.getAs("text")).isEqualTo(passage.text());
            assertThat(((String) row.getAs("highlighted")).replace("**", "")).isEqualTo(passage.text());
            assertThat((int) row.getAs("year")).isEqualTo(MadeUpIndex.year(passage));
        });
    }

    @Test
    void theBestSentenceIsMarked() {
        Highlight highlight = new Highlight("Who ate the tarts?", TermRules.PLAIN);
        assertThat(highlight.mark("The Queen made some tarts. The Knave ate all the tarts! Then he ran."))
                .isEqualTo("The Queen made some tarts. **The Knave ate all the tarts!** Then he ran.");
        assertThat(highlight.mark("Nothing of it. Nothing at all.")).isEqualTo("Nothing of it. Nothing at all.");
    }

    @Test
    void ofManyQueriesEachIsAnsweredByItself() {
        List<Row> rows = List.of(
                RowFactory.create("one", queries.get(0)),
                RowFactory.create("same", queries.get(0)),
                RowFactory.create(null, queries.get(0)),
                RowFactory.create("null", null),
                RowFactory.create("blank", " \n"),
                RowFactory.create("empty", ""));
        for (Mode mode : Mode.values()) {
            Dataset<Row> found = three.search(spark)
                    .search(
                            spark.createDataFrame(rows, QUERIES),
                            SearchOptions.defaults().withNumResults(2).withMode(mode));
            assertThat(found.select("query_id").collectAsList())
                    .extracting(row -> row.getString(0))
                    .containsExactlyInAnyOrder("one", "one", "same", "same", null, null);
        }
    }

    @Test
    void theLogNamesTheBlankQueries() {
        List<Row> rows = new ArrayList<>(List.of(RowFactory.create("asks", "a question")));
        for (int i = 10; i < 40; i++) {
            rows.add(RowFactory.create("blank-" + i, " "));
        }
        try (LoggedLines log = new LoggedLines(QueryReader.class.getName())) {
            assertThat(one.search(spark)
                            .search(
                                    spark.createDataFrame(rows, QUERIES).coalesce(1),
                                    SearchOptions.defaults().withMode(Mode.LEXICAL))
                            .collectAsList())
                    .allSatisfy(
                            row -> assertThat((String) row.getAs("query_id")).isEqualTo("asks"));
            String logged = String.join("\n", log.lines());
            assertThat(logged).contains("queries of mamba_search are blank", "blank-10");
            assertThat(log.lines()).as("a line a task, not a line a query").hasSizeLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"same text", "other text", "", "NULL"})
    void repeatedIdsAreRefused(String second) {
        for (String id : new String[] {"twice", null}) {
            List<Row> rows = List.of(
                    RowFactory.create(id, "same text"),
                    RowFactory.create("other", "same text"),
                    RowFactory.create(id, second.equals("NULL") ? null : second));
            Dataset<Row> found = one.search(spark)
                    .search(spark.createDataFrame(rows, QUERIES).repartition(3), SearchOptions.defaults());
            assertThat(messages(catchThrowable(found::collectAsList)))
                    .contains("[MAMBA_QUERY_ID_REPEATED] The query id " + (id == null ? "null" : id) + " occurs in");
        }
    }

    @Test
    void idsKeepTheirType() {
        Dataset<Row> found = three.search(spark)
                .search(
                        spark.sql("SELECT 7L AS id, '" + queries.get(0) + "' AS TEXT, 1 AS other"),
                        SearchOptions.defaults().withNumResults(1));
        assertThat((long) found.first().getAs("query_id")).isEqualTo(7L);
    }

    @Test
    void queriesThatAreNone() {
        IndexSearch search = one.search(spark);
        SearchOptions options = SearchOptions.defaults();
        assertThat(search.search((String) null, options).count()).isZero();
        for (Mode mode : Mode.values()) {
            assertThatThrownBy(() -> search.search(" \n", options.withMode(mode)))
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_QUERY_EMPTY]");
            assertThatThrownBy(() -> search.search("a b ".repeat(250_000), options.withMode(mode)))
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_QUERY_TOO_LONG] The query of mamba_search has ");
        }
        assertThat(search.search("the of and", options.withMode(Mode.LEXICAL)).count())
                .isZero();
        assertThat(search.search("the of and", options).count()).isEqualTo(10);
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingRuns() {
        IndexSearch search = one.search(spark);
        SearchOptions options = SearchOptions.defaults();
        assertThatThrownBy(() -> search.search("a", options.withFilter("colour = 'red'")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("colour")
                .hasMessageContaining("`year`");
        assertThatThrownBy(() -> search.search("a", options.withFilter("year + 1")))
                .isInstanceOf(AnalysisException.class);
        assertThatThrownBy(() -> search.search(spark.sql("SELECT 1 AS id, 'a' AS body"), options))
                .hasMessageStartingWith("[MAMBA_COLUMN_NOT_FOUND]")
                .hasMessageContaining("id, body");
        assertThatThrownBy(() -> search.search(spark.sql("SELECT array(1) AS id, 'a' AS text"), options))
                .hasMessageStartingWith("[MAMBA_COLUMN_NOT_TEXT]");
        assertThatThrownBy(() -> options.withNumResults(0)).hasMessageStartingWith("[MAMBA_NUM_RESULTS_INVALID]");
        assertThatThrownBy(() -> options.withNumResults(10_001)).hasMessageStartingWith("[MAMBA_NUM_RESULTS_INVALID]");
        assertThatThrownBy(() -> Mode.of("sparse"))
                .hasMessageStartingWith(
                        "[MAMBA_SEARCH_MODE_INVALID] There is no search mode sparse. There are: hybrid, dense, lexical.");
        assertThat(Mode.of(" Dense")).isEqualTo(Mode.DENSE);
    }

    static String messages(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            all.append(each.getMessage()).append('\n');
        }
        return all.toString();
    }
}

package io.mambaspark.sql.batch;

import static io.mambaspark.sql.LocalSpark.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.Library;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mamba_search} is the index's own search, said in SQL. */
class MambaSearchTest {
    private static final String QUERY = "What did the old Crab say to her daughter?";

    @TempDir
    private static Path folder;

    private static MambaIndex index;

    @BeforeAll
    static void build() {
        MambaIndex.build(LocalSpark.session(), folder.toString())
                .documents(Library.documents())
                .keepColumns("title", "year")
                .create();
        index = MambaIndex.open(LocalSpark.session(), folder.toString());
        LocalSpark.session()
                .sql("SELECT * FROM VALUES ('crab', '" + QUERY + "'), ('none', NULL), ('fall', 'falling down stairs')"
                        + " AS queries(id, text)")
                .createOrReplaceTempView("questions");
    }

    private static List<Row> search(String arguments) {
        return rows("SELECT * EXCEPT (query_id) FROM mamba_search(index => '" + folder + "', " + arguments + ")");
    }

    private static List<Row> expected(SearchOptions options) {
        return index.search(QUERY, options).drop("query_id").collectAsList();
    }

    @Test
    void givesWhatTheIndexGives() {
        assertThat(search("query => '" + QUERY + "'"))
                .isEqualTo(expected(SearchOptions.defaults()))
                .hasSize(10);
        assertThat(search("query => '" + QUERY + "', num_results => 3, mode => 'lexical', filter => 'year < 1870'"))
                .isEqualTo(expected(SearchOptions.defaults()
                        .withNumResults(3)
                        .withMode(Mode.LEXICAL)
                        .withFilter("year < 1870")));
        assertThat(search("query => '" + QUERY + "', group_by_document => true, exact => true, mode => 'DENSE'"))
                .isEqualTo(expected(SearchOptions.defaults()
                        .withGroupByDocument(true)
                        .withExact(true)
                        .withMode(Mode.DENSE)));
    }

    @Test
    void theBestIsWhereTheWordsAre() {
        Row best = rows("SELECT * FROM mamba_search('" + folder + "', '" + QUERY + "', 1)")
                .get(0);
        assertThat(best.<String>getAs("doc_id")).isEqualTo("alice-2");
        assertThat(best.<String>getAs("title")).isEqualTo("Alice's Adventures in Wonderland");
        assertThat(best.<Integer>getAs("year")).isEqualTo(1865);
        assertThat(best.<Integer>getAs("rank")).isEqualTo(1);
        assertThat(best.<String>getAs("highlighted")).contains("**").contains("old Crab");
        assertThat(rows("SELECT substring(d.text, s.start + 1, s.end - s.start) = s.text FROM mamba_search('" + folder
                        + "', '" + QUERY
                        + "') s JOIN documents d ON d.id = s.doc_id".replace("documents", documentsView())))
                .hasSize(10)
                .allMatch(row -> row.getBoolean(0));
    }

    private static String documentsView() {
        Library.documents().createOrReplaceTempView("library_of_search");
        return "library_of_search";
    }

    @Test
    void takesTablesOfQueries() {
        String found = "SELECT query_id, doc_id FROM mamba_search(index => '" + folder
                + "', num_results => 2, queries => TABLE(%s)) ORDER BY query_id, rank";
        List<Row> rows = rows(found.formatted("questions"));
        assertThat(rows).extracting(row -> row.getString(0)).containsExactly("crab", "crab", "fall", "fall");
        assertThat(rows.get(0).getString(1)).isEqualTo("alice-2");
        assertThat(rows.get(2).getString(1)).isEqualTo("alice-1");
        assertThat(rows(found.formatted("SELECT id, text FROM questions WHERE id <> 'x'")))
                .isEqualTo(rows);
        assertThat(rows("WITH asked AS (SELECT id, text FROM questions) " + found.formatted("asked")))
                .isEqualTo(rows);
        LocalSpark.session().sql("CREATE OR REPLACE TEMPORARY VIEW found AS " + found.formatted("questions"));
        assertThat(rows("SELECT * FROM found")).isEqualTo(rows);
    }

    @Test
    void standsOnBothSidesOfAJoin() {
        String call = "mamba_search('" + folder + "', '" + QUERY + "', 3)";
        assertThat(rows("SELECT a.rank, b.rank FROM " + call + " a JOIN " + call + " b ON a.doc_id = b.doc_id"
                        + " AND a.passage = b.passage ORDER BY 1"))
                .extracting(row -> row.getInt(0) + "=" + row.getInt(1))
                .containsExactly("1=1", "2=2", "3=3");
    }

    @Test
    void isNotRunToBeExplained() throws TimeoutException {
        AtomicInteger jobs = new AtomicInteger();
        SparkListener counting = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.incrementAndGet();
            }
        };
        SparkContext spark = LocalSpark.session().sparkContext();
        spark.addSparkListener(counting);
        String plan = LocalSpark.session()
                .sql("SELECT * FROM mamba_search('" + folder + "', 'a query that nobody asked before')")
                .queryExecution()
                .explainString(ExplainMode.fromString("simple"));
        LocalSpark.session().range(1).collectAsList();
        spark.listenerBus().waitUntilEmpty();
        spark.removeSparkListener(counting);
        assertThat(plan).contains("MambaSearch").contains("hybrid, best 10 passages");
        assertThat(jobs).as("the one of the range").hasValue(1);
    }

    @Test
    void aQueryThatIsNullFindsNothing() {
        assertThat(search("query => NULL")).isEmpty();
        assertThat(search("query => CAST(NULL AS STRING)")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query => ' '|MAMBA_QUERY_EMPTY",
                "query => 'x', mode => 'fuzzy'|fuzzy",
                "query => 'x', num_results => 0|0",
                "query => 'x', num_results => 10001|10001",
                "query => 'x', queries => TABLE(questions)|MAMBA_SEARCH_QUERY_AMBIGUOUS",
                "num_results => 3|MAMBA_SEARCH_QUERY_AMBIGUOUS",
                "query => uuid()|MAMBA_ARGUMENT_NOT_CONSTANT",
                "query => 'x', filter => 'author = 1'|author",
                "query => 'x', k => 3|k",
                "queries => TABLE(SELECT 1 AS n)|id",
            })
    void mistakesAreToldBeforeAnythingRuns(String arguments, String told) {
        assertThatThrownBy(() -> LocalSpark.session()
                        .sql("SELECT * FROM mamba_search(index => '" + folder + "', " + arguments + ")"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(told);
    }

    @Test
    void anIndexThatIsNotThereIsTold() {
        assertThatThrownBy(() -> LocalSpark.session()
                        .sql("SELECT * FROM mamba_search('" + folder.resolve("nowhere") + "', 'x')"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("MAMBA_INDEX_NOT_FOUND")
                .hasMessageContaining("nowhere");
    }

    @Test
    void isDescribed() {
        assertThat(rows("DESCRIBE FUNCTION EXTENDED mamba_search").toString())
                .contains("Finds the passages of an index")
                .contains("group_by_document");
    }
}

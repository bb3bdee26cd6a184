package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.sql.Functions;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaFunctions;
import io.mambaspark.sql.SearchFunction;
import io.mambaspark.sql.SparkWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mamba_search} in SQL gives what the index gives, wherever a table may stand. */
class SearchFunctionTest {
    private static final SparkSession SPARK = LocalSpark.session();
    private static final String CITY = "Which city burned?";
    private static final String NAME_OF_INDEX = "/data/library";

    @TempDir
    private static Path folder;

    private static String index;
    private static List<Row> expected;

    @BeforeAll
    static void build() {
        index = folder.resolve("library").toString();
        SPARK.sql("SELECT * FROM VALUES ('london', 1666, 'The fire of London burned for four days.'),"
                        + " ('rome', 64, 'Rome burned while Nero sang. The city was built again.'),"
                        + " ('cat', 2001, 'The cat slept on the warm stones.'),"
                        + " ('rabbit', 1865, 'The White Rabbit took a watch out of its pocket.') AS d(id, year, text)")
                .createOrReplaceTempView("library_documents");
        MambaIndex.build(SPARK, index)
                .documents(SPARK.table("library_documents"))
                .keepColumns("year")
                .create();
        expected = MambaIndex.open(SPARK, index)
                .search(CITY, SearchOptions.defaults())
                .collectAsList();
        SPARK.sql("SELECT 7L AS id, '" + CITY + "' AS text UNION ALL SELECT 8L, 'a small animal'"
                        + " UNION ALL SELECT 9L, NULL")
                .createOrReplaceTempView("q");
    }

    private static List<Row> rows(String sql) {
        return LocalSpark.rows(at(sql));
    }

    /** Tests call the index as documentation does. */
    private static String at(String sql) {
        return sql.replace(NAME_OF_INDEX, index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_search(index => '/data/library', query => 'Which city burned?')",
                "mamba_search('/data/library', 'Which city burned?')",
                "mamba_search(QUERY => 'Which city ' || 'burned?', Index => '/data/library', num_results => 5 + nvl(NULL, 5),"
                        + " mode => 'Hybrid', filter => NULL, exact => false)",
                "mamba_search('/data/library', 'Which city burned?', 10, 'hybrid', NULL, false, false, false)",
                "mamba_search('/data/library', 'Which city burned?', num_results => CAST(NULL AS INT), mode => NULL)",
                "mamba_search('/data/library', 'Which city burned?', num_results => 10L)",
                "mamba_search('/data/library', queries => TABLE(SELECT 0 AS id, 'Which city burned?' AS text))",
            })
    void givesWhatTheIndexGives(String call) {
        assertThat(expected.get(0).<String>getAs("doc_id")).isIn("london", "rome");
        assertThat(rows("SELECT * FROM " + call)).isEqualTo(expected);
    }

    @Test
    void passesEachOptionOn() {
        SearchOptions options =
                new SearchOptions(2, Mode.LEXICAL, "year < 1900 AND doc_id != 'rome'", true, true, true, 0);
        List<Row> found = MambaIndex.open(SPARK, index).search(CITY, options).collectAsList();
        assertThat(found).extracting(row -> row.getAs("doc_id")).first().isEqualTo("london");
        assertThat(rows("SELECT * FROM mamba_search('/data/library', 'Which city burned?', num_results => 2, mode =>"
                        + " 'lexical', filter => \"year < 1900 AND doc_id != 'rome'\", group_by_document => true, exact =>"
                        + " true, allow_partial => true)"))
                .isEqualTo(found);
    }

    @Test
    void itsColumnsAreTheDocumentedOnesAndTheKeptOnes() {
        StructType schema = SPARK.sql(at("SELECT * FROM mamba_search('/data/library', 'x')"))
                .schema();
        StructType documented = (StructType) SearchFunction.description().result();
        for (StructField field : documented.fields()) {
            assertThat(schema.apply(field.name()).dataType()).isEqualTo(field.dataType());
        }
        List<String> names = new ArrayList<>(List.of(documented.fieldNames()));
        names.add(names.indexOf("relevance"), "year");
        assertThat(schema.fieldNames()).containsExactlyElementsOf(names).endsWith("dense_rank", "year", "relevance");
    }

    @Test
    void itsExamplesRun() {
        Functions.ofTables()
                .forEach(function -> function.examples().forEach(example -> {
                    List<String> found = rows(example.sql()).stream()
                            .map(row -> row.mkString("\t"))
                            .toList();
                    assertThat(String.join("\n", found)).isEqualTo(example.result());
                }));
    }

    @Test
    void aTableOfQueriesGivesEachItsRowsAndNullNone() {
        List<Row> found =
                rows("SELECT * FROM mamba_search(index => '/data/library', queries => TABLE(q), num_results => 2)"
                        + " ORDER BY query_id, rank");
        assertThat(found).extracting(row -> row.get(0)).containsExactly(7L, 7L, 8L, 8L);
        List<Row> alone = rows("SELECT * FROM mamba_search('/data/library', 'Which city burned?', 2)");
        for (int i = 0; i < 2; i++) {
            for (int column = 1; column < found.get(i).size(); column++) {
                assertThat(found.get(i).get(column)).isEqualTo(alone.get(i).get(column));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a part of a table, a CTE by name and in a query, other columns beside, names in any case
                "SELECT doc_id FROM mamba_search('/data/library', queries => TABLE(SELECT * FROM q WHERE id = 7))",
                "WITH a AS (SELECT * FROM q WHERE id = 7) SELECT doc_id FROM mamba_search('/data/library', queries =>"
                        + " TABLE(a))",
                "WITH a AS (SELECT * FROM q) SELECT doc_id FROM mamba_search('/data/library', queries => TABLE(SELECT id, text"
                        + " FROM a WHERE id = 7))",
                "SELECT doc_id FROM mamba_search('/data/library', queries => TABLE(SELECT 1 AS more, text AS TEXT, id AS Id"
                        + " FROM q WHERE id = 7))",
                "SELECT doc_id FROM mamba_search('/data/library', queries => TABLE(SELECT max(id) AS id, text FROM q WHERE id ="
                        + " 7 GROUP BY text))",
                // where a table may stand
                "WITH s AS (SELECT * FROM mamba_search('/data/library', 'Which city burned?')) SELECT a.doc_id FROM s a JOIN s"
                        + " b ON a.rank = b.rank ORDER BY a.rank",
                "SELECT a.doc_id FROM mamba_search('/data/library', 'Which city burned?') a JOIN"
                        + " mamba_search('/data/library', 'Which city burned?') b USING (doc_id) ORDER BY a.rank",
                "SELECT s.doc_id FROM (SELECT 1 AS one) AS t, LATERAL mamba_search('/data/library', 'Which city burned?') s"
                        + " WHERE t.one = 1",
                "SELECT s.doc_id FROM mamba_search('/data/library', 'Which city burned?') s JOIN library_documents d ON d.id ="
                        + " s.doc_id AND d.year = s.year ORDER BY rank",
                "SELECT doc_id FROM (SELECT * FROM mamba_search('/data/library', 'Which city burned?') UNION ALL SELECT * FROM"
                        + " mamba_search('/data/library', NULL)) ORDER BY rank",
                "FROM mamba_search('/data/library', 'Which city burned?') |> WHERE rank > 0 |> SELECT doc_id",
                "SELECT d FROM mamba_search('/data/library', 'Which city burned?') AS s(a, b, c, d, e, f, g, h, i, j, k, l, m)",
                "SELECT doc_id FROM (SELECT doc_id, rank, row_number() OVER (ORDER BY score DESC) AS n FROM"
                        + " mamba_search('/data/library', 'Which city burned?')) WHERE n = rank ORDER BY n",
            })
    void standsWhereATableMayStand(String sql) {
        assertThat(rows(sql))
                .extracting(row -> row.getString(0))
                .containsExactlyElementsOf(expected.stream()
                        .map(row -> row.<String>getAs("doc_id"))
                        .toList());
    }

    @Test
    void answersInSubqueriesViewsAndTables() {
        assertThat(rows("SELECT id FROM library_documents WHERE id IN (SELECT doc_id FROM"
                        + " mamba_search('/data/library', 'Which city burned?', 1))"))
                .containsExactly(rows("SELECT id FROM library_documents WHERE id = '"
                                + expected.get(0).getAs("doc_id") + "'")
                        .get(0));
        SPARK.sql(at("CREATE OR REPLACE TEMPORARY VIEW burned AS SELECT rank, doc_id FROM"
                + " mamba_search('/data/library', 'Which city burned?', 3)"));
        assertThat(rows("SELECT a.rank FROM burned a, burned b WHERE a.doc_id = b.doc_id ORDER BY 1"))
                .extracting(row -> row.getInt(0))
                .containsExactly(1, 2, 3);
        SPARK.sql(
                at(
                        "CREATE TABLE found USING parquet AS SELECT * FROM mamba_search('/data/library', queries => TABLE(q))"));
        try {
            assertThat(rows("SELECT count(DISTINCT query_id) FROM found").get(0).getLong(0))
                    .isEqualTo(2);
        } finally {
            SPARK.sql("DROP TABLE found");
        }
    }

    @Test
    void takesParametersAndVariables() {
        assertThat(SPARK.sql(
                                "SELECT * FROM mamba_search(index => :index, query => :query, num_results => :n)",
                                Map.of("index", index, "query", CITY, "n", 10))
                        .collectAsList())
                .isEqualTo(expected);
        SPARK.sql("DECLARE OR REPLACE VARIABLE asked STRING DEFAULT '" + CITY + "'");
        assertThat(rows("SELECT * FROM mamba_search('/data/library', asked)")).isEqualTo(expected);
        assertThat(rows("SELECT * FROM mamba_search('/data/library', asked, filter => 'year < ' ||"
                        + " year(current_date()))"))
                .isEqualTo(expected);
    }

    /** A filter may come as a value; it is checked as one that is written. */
    @Test
    void filtersInParametersAndVariablesAreChecked() {
        String search = "SELECT doc_id FROM mamba_search('/data/library', 'Which city burned?', filter => ";
        assertThat(SPARK.sql(at(search + ":filter)"), Map.of("filter", "doc_id = 'rome'"))
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("rome");
        String program = "java_method('java.lang.System', 'getProperty', 'user.home') = doc_id";
        Throwable byParameter = catchThrowable(() -> SPARK.sql(at(search + ":filter)"), Map.of("filter", program)));
        SPARK.sql("DECLARE OR REPLACE VARIABLE program STRING DEFAULT \"" + program + "\"");
        Throwable byVariable = catchThrowable(() -> SPARK.sql(at(search + "program)")));
        for (Throwable thrown : new Throwable[] {byParameter, byVariable}) {
            assertThat(thrown)
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED] The filter has java_method(");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM mamba_search('/data/library', 'Which city burned?')",
                "SELECT * FROM mamba_search('/data/library', queries => TABLE(SELECT max(id) AS id, text FROM q GROUP BY text),"
                        + " filter => 'year > 100')"
            })
    void explainsItselfWithoutRunningAnything(String sql) throws Exception {
        try (SparkWork work = new SparkWork(SPARK.sparkContext())) {
            String plan = LocalSpark.value(at("EXPLAIN " + sql));
            assertThat(plan).contains("MambaSearch " + index + ", hybrid, best 10 passages");
            assertThat(work.jobs()).isZero();
            assertThat(rows(sql)).isNotEmpty();
            assertThat(work.jobs()).isPositive();
        }
    }

    /** 10 MB are sent to all executors; 100,000 queries are less, what they find is 150 GB. */
    @ParameterizedTest
    @CsvSource({"100, 10, BroadcastHashJoin", "100000, 1000, SortMergeJoin"})
    void isJoinedByTheSizeOfWhatItFinds(int queries, int numResults, String join) {
        String plan =
                LocalSpark.value(at("EXPLAIN SELECT * FROM range(10000000) r JOIN mamba_search('/data/library', queries"
                        + " => TABLE(SELECT id, 'text ' || id AS text FROM range(" + queries + ")), num_results => "
                        + numResults
                        + ") s ON s.rank = r.id"));
        assertThat(plan).contains(join);
    }

    @Test
    void aBlankQueryAmongManyHasNoRows() {
        assertThat(
                        rows(
                                "SELECT query_id, rank, doc_id FROM mamba_search('/data/library', mode => 'lexical', num_results =>"
                                        + " 1, queries => TABLE(SELECT id, text FROM VALUES ('a', 'rabbit'), ('b', '  ') AS q(id, text)))"))
                .singleElement()
                .asString()
                .isEqualTo("[a,1,rabbit]");
    }

    @Test
    void aNullQueryHasNoRows() {
        assertThat(rows("SELECT * FROM mamba_search('/data/library', NULL)")).isEmpty();
        assertThat(rows("SELECT * FROM mamba_search('/data/library', query => CAST(NULL AS STRING))"))
                .isEmpty();
        assertThat(rows("SELECT * FROM mamba_search('/data/library', queries => TABLE(SELECT * FROM q WHERE id = 9))"))
                .isEmpty();
    }

    @Test
    void isThereInASessionThatRegisters() {
        SparkSession session = SPARK.newSession();
        session.sql("DROP TEMPORARY FUNCTION IF EXISTS mamba_search");
        assertThat(MambaFunctions.register(session).functions()).contains("mamba_search");
        assertThat(session.sql(at("SELECT * FROM mamba_search('/data/library', 'Which city burned?')"))
                        .collectAsList())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '/data/library', 'x', mode => 'fast'                           | MAMBA_SEARCH_MODE_INVALID     | fast
            '/data/library', 'x', num_results => 0                         | MAMBA_NUM_RESULTS_INVALID     | 10000
            '/data/library', 'x', num_results => 10001                     | MAMBA_NUM_RESULTS_INVALID     | 10001
            '/data/library', 'x', num_results => 10000000000               | MAMBA_ARGUMENT_INVALID        | 10000000000
            '/data/library', 'x', num_results => 1.5                       | MAMBA_ARGUMENT_INVALID        | DECIMAL
            '/data/library', 'x', num_results => '5'                       | MAMBA_ARGUMENT_INVALID        | STRING
            '/data/library', 'x', exact => 1                               | MAMBA_ARGUMENT_INVALID        | BOOLEAN
            1, 'x'                                                         | MAMBA_ARGUMENT_INVALID        | INT
            NULL, 'x'                                                      | MAMBA_ARGUMENT_INVALID        | NULL
            '/data/library', TABLE(q)                                      | MAMBA_ARGUMENT_INVALID        | a table
            '/data/library', queries => 'q'                                | MAMBA_ARGUMENT_INVALID        | TABLE(id, text)
            '/data/library', queries => TABLE(q) PARTITION BY (id)         | MAMBA_ARGUMENT_INVALID        | PARTITION BY
            '/data/library', queries => TABLE(q) WITH SINGLE PARTITION     | MAMBA_ARGUMENT_INVALID        | PARTITION
            '/data/library'                                                | MAMBA_SEARCH_QUERY_AMBIGUOUS  | neither
            '/data/library', 'x', queries => TABLE(q)                      | MAMBA_SEARCH_QUERY_AMBIGUOUS  | both
            '/data/library', query => (SELECT max(text) FROM q)            | MAMBA_ARGUMENT_NOT_CONSTANT   | subquery
            '/data/library', query => concat('', rand())                   | MAMBA_ARGUMENT_NOT_CONSTANT   | rand()
            '/data/library', query => mamba_summarize('x')                 | MAMBA_ARGUMENT_NOT_CONSTANT   | mamba_summarize
            '/data/library', ' '                                           | MAMBA_QUERY_EMPTY             | mamba_search
            '/data/library', repeat('a b ', 600)                           | MAMBA_QUERY_TOO_LONG          | 1024
            '/data/nothing', 'x'                                           | MAMBA_INDEX_NOT_FOUND         | /data/nothing
            '/data/library', queries => TABLE(SELECT 1 AS id)              | MAMBA_COLUMN_NOT_FOUND        | text
            '/data/library', queries => TABLE(SELECT 'x' AS text)          | MAMBA_COLUMN_NOT_FOUND        | id
            '/data/library', queries => TABLE(SELECT 1 AS id, 2 AS text)   | MAMBA_COLUMN_NOT_TEXT         | INT
            '/data/library', 'x', filter => 'month = 1'                    | UNRESOLVED_COLUMN             | year
            '/data/library', 'x', filter => 'year'                         | DATATYPE_MISMATCH             | year
            '/data/library', 'x', filter => 'year >'                       | PARSE_SYNTAX_ERROR            | end of input
            '/data/library', 'x', filter => 'rand() < 1'                   | MAMBA_FILTER_NOT_ALLOWED      | rand()
            '/data/library', 'x', filter => concat('year', '<(SELECT 1)')   | MAMBA_FILTER_NOT_ALLOWED      | (SELECT 1)
            '/data/library', 'x', results => 5                             | UNRECOGNIZED_PARAMETER_NAME   | num_results
            '/data/library', 'x', query => 'y'                             | DUPLICATE_ROUTINE_PARAMETER   | query
                                                                           | WRONG_NUM_ARGS                | [1, 10]
            '/data/library', 'x', 1, 'dense', NULL, true, true, true, 1, 2, 3 | WRONG_NUM_ARGS             | [1, 10]
            """)
    void wrongArgumentsAreToldBeforeAnythingRuns(String arguments, String condition, String part) {
        String sql = at("SELECT * FROM mamba_search(" + (arguments == null ? "" : arguments) + ")");
        Throwable thrown = catchThrowable(() -> SPARK.sql(sql));
        assertThat(thrown)
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[" + condition)
                .hasMessageContaining(part.replace(NAME_OF_INDEX, index));
        assertThat(((AnalysisException) thrown).getSqlState()).hasSize(5);
    }

    @Test
    void rowsAroundItAreNoArguments() {
        Throwable thrown =
                catchThrowable(() -> SPARK.sql(at("SELECT * FROM q, LATERAL mamba_search('/data/library', q.text)")));
        assertThat(thrown)
                .isInstanceOf(AnalysisException.class)
                .hasMessageStartingWith("[MAMBA_ARGUMENT_NOT_CONSTANT]");
    }
}

package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every place in SQL where a call can stand gives what SQL's own {@code length} gives there, and evaluates it once a row.
 *
 * <p>The texts are letters and digits in turn: each is a token, so their tokens are as many as their characters.
 */
class QueryShapesTest {
    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void fillTables() {
        spark = LocalSpark.session();
        String t = folder.resolve("t").toString();
        // 1,000 rows, of which 100 have no x.
        spark.range(0, 1000, 1, 4)
                .selectExpr(
                        "id",
                        "id % 7 AS k",
                        "if(id % 10 = 3, NULL, repeat('a1', cast(id % 13 AS INT))) AS x",
                        "repeat('b2', cast(1 + id % 5 AS INT)) AS y",
                        "id AS unused")
                .write()
                .parquet(t);
        spark.read().parquet(t).createOrReplaceTempView("t");
        spark.range(0, 200, 1, 2)
                .selectExpr("id", "repeat('c3', cast(1 + id % 5 AS INT)) AS y")
                .createOrReplaceTempView("u");
    }

    /** The rows are those that reach the call: a filter on another column comes first, whatever the order in the text. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = false, textBlock = """
            projection             | 1000 | SELECT id, tokens(x) n FROM t
            argument and result    | 1000 | SELECT tokens(upper(x)) + 1 n FROM t
            call of a call         | 2000 | SELECT tokens(concat(x, repeat('d4', tokens(y)))) n FROM t
            filter                 | 128  | SELECT id FROM t WHERE tokens(x) > 6 AND k = 3
            filter and projection  | 900  | SELECT id, tokens(x) n FROM t WHERE tokens(x) > 6
            filter on an alias     | 450  | SELECT * FROM (SELECT id, tokens(x) n FROM t) WHERE n > 6 AND id < 500
            common subexpression   | 1000 | SELECT tokens(x) a, tokens(x) + 1 b, tokens(y) c FROM t
            aggregate argument     | 1000 | SELECT k, sum(tokens(x)) s, count(tokens(x)) c FROM t GROUP BY k
            group by               | 1000 | SELECT tokens(x) n, count(*) FROM t GROUP BY tokens(x)
            having                 | 2000 | SELECT tokens(x) + 1 n, max(id) FROM t GROUP BY 1 HAVING max(tokens(y)) > 2
            over aggregates        | 7    | SELECT k, tokens(max(x)) m, tokens(concat(max(y), max(y))) z FROM t GROUP BY k
            cube                   | 1000 | SELECT k, tokens(x) n, count(*) FROM t GROUP BY CUBE(k, tokens(x))
            count distinct         | 1000 | SELECT count(DISTINCT tokens(x)), count(DISTINCT y) FROM t
            aggregate filter       | 1000 | SELECT count(*) FILTER (WHERE tokens(x) > 3) FROM t
            nulls                  | 100  | SELECT tokens(CAST(NULL AS STRING)) n, tokens(x) m FROM t WHERE x IS NULL
            union all              | 1200 | SELECT tokens(x) n FROM t UNION ALL SELECT tokens(y) FROM u
            union                  | 1000 | SELECT tokens(x) n FROM t UNION SELECT tokens(x) FROM t
            join condition, inner  | 200  | SELECT count(*) FROM t JOIN u ON t.id = u.id AND tokens(concat(t.x, u.y)) > 5
            join condition, right  | 200  | SELECT count(u.y) FROM t LEFT JOIN u ON t.id = u.id AND tokens(u.y) > 2
            exists                 | 200  | SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id AND tokens(u.y) > 2)
            joined with itself     | 1000 | WITH c AS (SELECT id, tokens(x) n FROM t) SELECT a.id, b.n FROM c a JOIN c b ON a.id = b.id
            scalar subquery        | 200  | SELECT id, (SELECT max(tokens(y)) FROM u) m FROM t WHERE id < 5
            correlated subquery    | 50   | SELECT id, (SELECT max(tokens(u.y)) FROM u WHERE u.id = t.id) m FROM t WHERE id < 50
            case                   | 1000 | SELECT CASE WHEN x IS NULL THEN -1 ELSE tokens(x) END n FROM t
            coalesce               | 1000 | SELECT coalesce(tokens(x), 0) n FROM t
            order by another       | 1000 | SELECT tokens(x) FROM t ORDER BY id
            order by the call      | 1000 | SELECT tokens(x) n FROM t ORDER BY tokens(x), id
            order by an alias      | 1000 | SELECT id + 1 AS z, tokens(x) n FROM t ORDER BY z
            first by another       | 10   | SELECT id, tokens(x) FROM t ORDER BY id LIMIT 10
            first by the call      | 1000 | SELECT id FROM t ORDER BY tokens(x), id LIMIT 10
            window                 | 1000 | SELECT id, rank() OVER (PARTITION BY tokens(x) ORDER BY tokens(y), id) r FROM t
            explode                | 4000 | SELECT tokens(w) FROM t LATERAL VIEW explode(split(y, '2')) AS w
            generator argument     | 1000 | SELECT id, e FROM t LATERAL VIEW explode(sequence(0, tokens(y))) AS e
            values                 | 3    | SELECT tokens(c) FROM VALUES ('a1'), ('b2b2'), (NULL) AS v(c)
            one row                | 1    | SELECT tokens('h1e2l3')
            lateral alias          | 1000 | SELECT tokens(x) AS n, n + 1 AS m FROM t
            distribute by          | 1000 | SELECT /*+ REPARTITION(3) */ tokens(x) FROM t DISTRIBUTE BY tokens(x)
            by range               | 1000 | SELECT /*+ REPARTITION_BY_RANGE(3, n) */ n FROM (SELECT tokens(x) n FROM t)
            untyped null           | 0    | SELECT tokens(NULL)
            cast by itself         | 1000 | SELECT tokens(id % 10) FROM t
            pivot                  | 1000 | SELECT * FROM (SELECT k, tokens(x) n FROM t) PIVOT (count(*) FOR n IN (0, 2, 4))
            no rows                | 0    | SELECT tokens(x) FROM t WHERE id < 0
            not asked for          | 0    | SELECT id FROM (SELECT id, tokens(x) n FROM t)
            pipe syntax            | 143  | FROM t ¦> WHERE k = 3 ¦> SELECT tokens(x) AS n
            """)
    void isEvaluatedOnceForEachRow(String shape, int rows, String sql) {
        ExecutedPlan plan = giveWhatLengthGives(sql.replace('¦', '|'));
        assertThat(plan.hasRowByRow()).as(plan.toString()).isFalse();
        assertThat(plan.metric(ReadMetrics.ROWS)).as(plan.toString()).isEqualTo(rows);
    }

    /** What is evaluated twice, and why; the second column says how often. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            both sides of a self-join: other rows   | 1800 | SELECT a.id FROM (SELECT id, tokens(x) n FROM t) a JOIN (SELECT id, tokens(x) n FROM t) b ON a.n = b.n AND a.id = b.id + 1
            join keys: each table's own rows        | 1100 | SELECT count(*) FROM t JOIN u ON tokens(t.x) = tokens(u.y) AND t.id < u.id
            a filter that Spark infers for the key  | 1200 | SELECT count(*) FROM t JOIN u ON t.y = u.y WHERE tokens(t.y) > 2
            IN: each table's own rows               | 1200 | SELECT count(*) FROM t WHERE tokens(x) IN (SELECT tokens(y) FROM u)
            """)
    void isEvaluatedInEachPlaceThatSparkPutsIt(String why, int rows, String sql) {
        ExecutedPlan plan = giveWhatLengthGives(sql);
        assertThat(plan.hasRowByRow()).as(plan.toString()).isFalse();
        assertThat(plan.metric(ReadMetrics.ROWS)).as(plan.toString()).isEqualTo(rows);
    }

    /** Where there are no rows to collect, or only pairs of rows that may have no partner. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            lambda                             | SELECT transform(array(x, y), e -> tokens(e)) n FROM t WHERE id < 20
            outer join, call over both sides   | SELECT count(*), count(u.y) FROM t LEFT JOIN u ON t.id = u.id AND tokens(concat(t.x, u.y)) > 5
            """)
    void isEvaluatedRowByRow(String shape, String sql) {
        assertThat(giveWhatLengthGives(sql).hasRowByRow()).isTrue();
    }

    @ParameterizedTest(name = "adaptive {0}, code generation {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void givesTheSameHoweverThePlanIsRun(boolean adaptive, boolean codegen) {
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        spark.conf().set("spark.sql.codegen.wholeStage", codegen);
        try {
            giveWhatLengthGives(
                    "SELECT a.k, sum(tokens(a.x)) s FROM t a JOIN t b ON a.id = b.id WHERE tokens(b.y) > 2 GROUP BY a.k");
            giveWhatLengthGives("SELECT id, tokens(x) n FROM t WHERE tokens(y) > 4 ORDER BY n, id");
        } finally {
            spark.conf().unset("spark.sql.adaptive.enabled");
            spark.conf().unset("spark.sql.codegen.wholeStage");
        }
    }

    private static ExecutedPlan giveWhatLengthGives(String sql) {
        Dataset<Row> query = spark.sql(sql.replace("tokens(", "mamba_token_count("));
        List<Row> found = query.collectAsList();
        List<Row> wanted = spark.sql(sql.replace("tokens(", "length(")).collectAsList();
        assertThat(found).isNotNull().containsExactlyInAnyOrderElementsOf(wanted);
        return new ExecutedPlan(query);
    }
}

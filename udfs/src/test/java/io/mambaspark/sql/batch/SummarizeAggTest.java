package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaFunctions;
import io.mambaspark.sql.SummarizeAggFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of rows are summarized as their texts joined by blank lines are. */
class SummarizeAggTest {
    /** The texts of each group, put together by Spark itself. */
    private static final String JOINED = "(SELECT g, mamba_summarize(array_join(transform(array_sort(collect_list("
            + "struct(place, t))), s -> s.t), '\\n\\n'), 30) AS s FROM pages WHERE t IS NOT NULL GROUP BY g)";

    private static final String STREAMED =
            "SELECT g, mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place) AS s FROM pages GROUP BY g";

    private static SparkSession spark;
    private static List<String> expected;

    @BeforeAll
    static void fillPages() throws IOException {
        spark = LocalSpark.session();
        String alice = Files.readString(Path.of("../examples/books/alices-adventures-in-wonderland.txt"));
        List<Row> pages = new ArrayList<>();
        String[] paragraphs = alice.substring(2_000, 7_000).split("\\R{2,}");
        for (int i = 0; i < paragraphs.length; i++) {
            // One group has half of all, another some, the rest a page or two.
            String group = i % 2 == 0 ? "most" : i % 6 == 1 ? "some" : "few " + i % 40;
            pages.add(RowFactory.create(group, i, i % 10 == 4 ? null : paragraphs[i]));
        }
        pages.add(RowFactory.create("none", 0, null));
        pages.add(RowFactory.create("none", 1, null));
        pages.add(RowFactory.create("blank", 0, "  "));
        pages.add(RowFactory.create(null, 0, "The cat of no group slept."));
        spark.createDataFrame(
                        pages,
                        new StructType()
                                .add("g", DataTypes.StringType)
                                .add("place", DataTypes.IntegerType)
                                .add("t", DataTypes.StringType))
                .repartition(4)
                .createOrReplaceTempView("pages");
        expected = sorted(spark.sql("SELECT g, s FROM " + JOINED + " UNION ALL SELECT 'none', NULL")
                .collectAsList());
    }

    @Test
    void readsEachGroupInOrder() {
        Dataset<Row> streamed = spark.sql(STREAMED);
        List<Row> rows = streamed.collectAsList();
        assertThat(sorted(rows)).isEqualTo(expected);
        assertThat(rows).contains(RowFactory.create("blank", ""));
        assertThat(plan(streamed)).contains("MambaReadGroups").doesNotContain("ObjectHashAggregate");
        ExecutedPlan plan = new ExecutedPlan(streamed);
        assertThat(plan.metric(ReadMetrics.TOKENS)).isGreaterThan(700);
        assertThat(plan.metric(ReadMetrics.ROWS)).isEqualTo(rows.size());
    }

    /** What cannot stream holds the texts in memory and gives the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT g, mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place) AS s, count(*) AS n FROM pages GROUP BY g",
                "SELECT g, mamba_summarize_agg(t, 30, place) AS s, max(place) AS n FROM pages GROUP BY g",
                "SELECT g, mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place) FILTER (WHERE place >= 0) AS s FROM pages GROUP BY g",
                "SELECT g, mamba_summarize_agg(DISTINCT t, 30, place) AS s FROM pages GROUP BY g",
                "SELECT g, mamba_summarize_agg(DISTINCT t, 30, place) AS s, count(DISTINCT t) AS n FROM pages GROUP BY g",
                "SELECT DISTINCT g, mamba_summarize_agg(t, 30, place) OVER (PARTITION BY g) AS s FROM pages",
                "SELECT g, mamba.summarize_agg(t, 30, place) AS s, count(*) AS n FROM pages GROUP BY g",
            })
    void givesTheSameBesideOtherAggregates(String sql) {
        Dataset<Row> held = spark.sql(sql);
        assertThat(plan(held)).doesNotContain("MambaReadGroups");
        assertThat(sorted(held.select("g", "s").collectAsList())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place DESC)",
                "mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place % 7 DESC NULLS LAST, -place DESC)",
                "mamba_summarize_agg(t, 30, -place)",
                "mamba.summarize_agg(t, 30, struct(place % 7, place))",
            })
    void anyOrderWillDo(String call) {
        Dataset<Row> streamed = spark.sql("SELECT g, " + call + " AS s FROM pages GROUP BY g");
        assertThat(plan(streamed)).contains("MambaReadGroups");
        Dataset<Row> held = spark.sql("SELECT g, " + call + " AS s, count(*) AS n FROM pages GROUP BY g");
        assertThat(sorted(streamed.collectAsList()))
                .isEqualTo(sorted(held.select("g", "s").collectAsList()));
        String key = call.contains("% 7") && call.contains("DESC")
                ? "struct(-(place % 7), place, t)"
                : call.contains("% 7") ? "struct(place % 7, place, t)" : "struct(-place AS place, place AS p, t)";
        assertThat(streamed.where("g = 'most'").first().getString(1))
                .isEqualTo(spark.sql("SELECT mamba_summarize(array_join(transform(array_sort(collect_list(" + key
                                + ")), s -> s.t), '\\n\\n'), 30) FROM pages WHERE g = 'most' AND t IS NOT NULL")
                        .first()
                        .getString(0));
    }

    @Test
    void allRowsMayBeOneGroup() {
        String all = "SELECT mamba_summarize_agg(t, 40) WITHIN GROUP (ORDER BY place) FROM pages WHERE ";
        assertThat(spark.sql(all + "g = 'most'").first().getString(0)).isNotEmpty();
        assertThat(spark.sql(all + "place < 0").collectAsList()).containsExactly(RowFactory.create((Object) null));
        assertThat(spark.sql(all + "false").collectAsList()).containsExactly(RowFactory.create((Object) null));
        assertThat(spark.sql(all + "g = 'none'").collectAsList()).containsExactly(RowFactory.create((Object) null));
        assertThat(spark.sql("SELECT mamba_summarize_agg(t, NULL) WITHIN GROUP (ORDER BY place) FROM pages")
                        .collectAsList())
                .isEqualTo(spark.sql("SELECT mamba_summarize_agg(t) WITHIN GROUP (ORDER BY place) FROM pages")
                        .collectAsList());
    }

    /** Grouping by expressions, functions of the result, HAVING, ORDER BY, subqueries, calls within calls. */
    @Test
    void standsWhereAggregatesStand() {
        Dataset<Row> query = spark.sql(
                "SELECT upper(g) AS u, mamba_token_count(mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place)) + 1 AS n"
                        + " FROM pages GROUP BY upper(g) HAVING length(mamba_summarize_agg(t, 30) WITHIN GROUP (ORDER BY place))"
                        + " > 0 ORDER BY u LIMIT 3");
        assertThat(plan(query)).contains("MambaReadGroups").contains("MambaRead [mamba_token_count");
        assertThat(query.collectAsList())
                .isEqualTo(spark.sql("SELECT upper(g) AS u, mamba_token_count(s) + 1 AS n FROM (" + STREAMED
                                + ") WHERE length(s) > 0 ORDER BY u LIMIT 3")
                        .collectAsList());
        assertThat(spark.sql("SELECT g FROM (VALUES ('most'), ('x')) AS v(g) WHERE (SELECT"
                                + " mamba_summarize_agg(t, 30, place) FROM pages WHERE pages.g = v.g) IS NULL")
                        .collectAsList())
                .containsExactly(RowFactory.create("x"));
        assertThat(spark.sql("SELECT mamba_summarize_agg(mamba_summarize(t, 5), 30, place) FROM pages WHERE g = 'some'")
                        .first()
                        .getString(0))
                .isNotEmpty();
    }

    /** Groups of doubles and collated strings are those of GROUP BY. */
    @Test
    void groupsAreThoseOfSql() {
        String rows = " FROM VALUES (0.0D, 'a', 1), (-0.0D, 'A', 2), (double('NaN'), 'b', 3), (double('NaN'), 'B', 4)"
                + " AS v(d, s, place) GROUP BY ";
        String summary = "mamba_summarize_agg(s, 9) WITHIN GROUP (ORDER BY place)";
        assertThat(sorted(spark.sql("SELECT " + summary + rows + "d").collectAsList()))
                .containsExactly("[a\n\nA]", "[b\n\nB]");
        assertThat(sorted(spark.sql("SELECT " + summary + rows + "s COLLATE UTF8_LCASE")
                        .collectAsList()))
                .containsExactly("[a\n\nA]", "[b\n\nB]");
    }

    @Tag("thorough")
    @Test
    void aGroupMayHaveManyRows() {
        Dataset<Row> query = spark.sql(
                "SELECT mamba_summarize_agg(concat('Number ', id, '.'), 12) WITHIN GROUP (ORDER BY id DESC) AS s"
                        + " FROM range(0, 2000, 1, 4) GROUP BY id < 1990");
        assertThat(sorted(query.collectAsList())).hasSize(2).first().asString().startsWith("[Number ");
        assertThat(new ExecutedPlan(query).metric(ReadMetrics.TOKENS)).isGreaterThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT mamba_summarize_agg(t) FROM pages GROUP BY g",
                "SELECT mamba_summarize_agg(t, 30), count(*) FROM pages GROUP BY g",
                "SELECT mamba_summarize_agg(DISTINCT t) FILTER (WHERE place > 1) FROM pages",
                "SELECT try_mamba_summarize_agg(t) FROM pages GROUP BY g",
                "SELECT mamba_summarize_agg('A group of one row.')",
                "SELECT mamba_summarize_agg(t) OVER (PARTITION BY g) FROM pages",
                "SELECT g FROM pages GROUP BY g HAVING mamba_summarize_agg(t) IS NULL",
                "SELECT * FROM VALUES (1) WHERE EXISTS (SELECT mamba_summarize_agg(t) FROM pages)",
                "SELECT (SELECT mamba_summarize_agg(t) FROM pages)",
                "CREATE TEMPORARY VIEW unordered AS SELECT mamba_summarize_agg(t) FROM pages",
                "SELECT mamba.summarize_agg(t) FROM pages GROUP BY g",
            })
    void aCallWithoutAnOrderIsRefusedBeforeAnythingRuns(String sql) {
        assertThatThrownBy(() -> spark.sql(sql))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[MAMBA_AGG_ORDER_REQUIRED] ")
                .hasMessageContaining("summarize_agg has no order to read the rows of a group in")
                .hasMessageContaining("SQLSTATE: 42000");
    }

    @Test
    void anOrderedWindowIsAnOrder() {
        String over = " OVER (PARTITION BY g ORDER BY place";
        String all = over + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)";
        assertThat(sorted(spark.sql("SELECT DISTINCT g, mamba_summarize_agg(t, 30)" + all + " AS s FROM pages")
                        .collectAsList()))
                .isEqualTo(expected);
        // Without a frame, the rows up to this one: here these are those before it.
        String few = " FROM VALUES (2, 'Two.'), (3, 'Three.'), (1, 'One.') AS v(place, t)";
        assertThat(sorted(spark.sql("SELECT place, mamba_summarize_agg(t, 9) OVER (ORDER BY place) " + few)
                        .collectAsList()))
                .containsExactly("[1,One.]", "[2,One.\n\nTwo.]", "[3,One.\n\nTwo.\n\nThree.]");
        assertThat(sorted(spark.sql("SELECT place, mamba_summarize_agg(t, 9) OVER (ORDER BY -place, t ROWS BETWEEN"
                                + " CURRENT ROW AND 1 FOLLOWING)" + few)
                        .collectAsList()))
                .containsExactly("[1,One.]", "[2,Two.\n\nOne.]", "[3,Three.\n\nTwo.]");
    }

    /** Its analyzer takes no rule that would look at the window. */
    @Test
    void aSessionThatRanBeforeTheFunctionsCameNeedsAKeyInWindowsToo() {
        SparkSession late = spark.newSession();
        FunctionBuilder builder = new FunctionBuilder(new SummarizeAggFunction(), false, KeyOrder.NONE);
        ((org.apache.spark.sql.classic.SparkSession) late)
                .sessionState()
                .functionRegistry()
                .createOrReplaceTempFunction(builder.name(), builder, "java_udf");
        String query =
                "SELECT mamba_summarize_agg(t, 9%s) OVER (ORDER BY place) FROM VALUES ('One.', 1) AS v(t, place)";
        assertThatThrownBy(() -> late.sql(query.formatted("")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[MAMBA_AGG_ORDER_REQUIRED]");
        assertThat(late.sql(query.formatted(", place")).first().getString(0)).isEqualTo("One.");
        MambaFunctions.register(late); // whose analyzer has the rule all the same
        assertThat(late.sql(query.formatted("")).first().getString(0)).isEqualTo("One.");
    }

    @Test
    void heldGroupsHaveALimit() {
        spark.conf().set("spark.mamba.agg.maxBytes", "1k");
        try {
            assertThatThrownBy(() -> spark.sql(
                                    "SELECT mamba_summarize_agg(t) WITHIN GROUP (ORDER BY place), count(*) FROM pages")
                            .collectAsList())
                    .hasMessageContaining("[MAMBA_AGG_TOO_LARGE] mamba_summarize_agg may hold 1024 bytes");
            assertThat(spark.sql("SELECT try_mamba_summarize_agg(t, 9, place), count(*) FROM pages")
                            .first()
                            .isNullAt(0))
                    .isTrue();
            assertThat(spark.sql("SELECT mamba_summarize_agg(t, 9, place) FROM pages")
                            .first()
                            .isNullAt(0))
                    .isFalse();
        } finally {
            spark.conf().unset("spark.mamba.agg.maxBytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_summarize_agg(t, -1)",
                "mamba_summarize_agg(t, place)",
                "mamba_summarize_agg(t, 5, map(1, 2))",
                "mamba_summarize_agg(t, 5, place) WITHIN GROUP (ORDER BY place)",
                "mamba_summarize_agg()",
            })
    void wrongCallsAreToldBeforeAnythingRuns(String call) {
        assertThatThrownBy(() -> spark.sql("SELECT " + call + " FROM pages")).isInstanceOf(AnalysisException.class);
    }

    private static List<String> sorted(List<Row> rows) {
        return rows.stream().map(Row::toString).sorted().toList();
    }

    private static String plan(Dataset<Row> query) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) query)
                .queryExecution()
                .executedPlan()
                .toString();
    }
}

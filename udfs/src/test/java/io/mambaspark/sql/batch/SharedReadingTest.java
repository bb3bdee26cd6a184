package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each text is read once, whatever is asked of it. */
class SharedReadingTest {
    private static final int ROWS = 24;
    private static SparkSession spark;
    private static long tokens;

    @BeforeAll
    static void fillTable() {
        spark = LocalSpark.session();
        spark.range(0, ROWS, 1, 2)
                .selectExpr("id", "concat('The cat number ', id, ' slept in the house. It was quiet there.') AS t")
                .createOrReplaceTempView("cats");
        tokens = spark.sql("SELECT sum(mamba_token_count(t)) FROM cats").first().getLong(0);
    }

    @Test
    void functionsOfOneTextShareItsReading() {
        ExecutedPlan plan = run("SELECT id, mamba_summarize(t, 5), mamba_embed(t), mamba_perplexity(t),"
                + " mamba_similarity(t, t), mamba_retrieve(t, 'cat', 1) FROM cats");
        assertThat(plan.metric(ReadMetrics.TOKENS)).isEqualTo(tokens);
    }

    /** The filter's reading yields the summary too, though the summary is wanted of few rows only. */
    @Test
    void aFilterAndAProjectionShareAReading() {
        ExecutedPlan plan = run("SELECT id, mamba_summarize(t, 5) FROM cats WHERE mamba_perplexity(t) > 1");
        assertThat(plan.metric(ReadMetrics.TOKENS)).isEqualTo(tokens);
        assertThat(plan.reads()).isEqualTo(1);
    }

    @Test
    void aCheapFilterComesBeforeAReading() {
        ExecutedPlan plan = run("SELECT id, mamba_embed(t) FROM cats WHERE mamba_token_count(t) < 0");
        assertThat(plan.metric(ReadMetrics.TOKENS)).isZero();
    }

    @Test
    void aConstantQueryIsReadOnceATask() {
        ExecutedPlan plan = run("SELECT mamba_retrieve(t, 'a sleeping cat', 1) FROM cats");
        long ofQuery =
                spark.sql("SELECT mamba_token_count('a sleeping cat')").first().getInt(0);
        assertThat(plan.metric(ReadMetrics.QUERY_TOKENS)).isEqualTo(2 * ofQuery);
        assertThat(plan.metric(ReadMetrics.TOKENS)).isEqualTo(tokens);
    }

    /** 40 rows, 20 queries, one partition: each query is read once, and many of them in a block. */
    @Test
    void theQueriesOfAColumnShareBlocks() {
        String queries =
                "(SELECT id, if(id % 40 = 7, ' ', concat('Where is cat ', id % 20, '?')) AS q FROM range(0, 40, 1, 1))";
        Dataset<Row> query = spark.sql("SELECT id, mamba_embed_query(q), try_mamba_embed_query(q) FROM " + queries);
        List<Row> batched = query.collectAsList();
        ExecutedPlan plan = new ExecutedPlan(query);
        assertThat(plan.metric(ReadMetrics.BLOCKS)).isLessThan(5);
        assertThat(plan.metric(ReadMetrics.TOKENS)).isZero();
        assertThat(plan.metric(ReadMetrics.QUERY_TOKENS))
                .isEqualTo(spark.sql("SELECT sum(mamba_token_count(q)) FROM (SELECT DISTINCT q FROM " + queries
                                + " WHERE q <> ' ')")
                        .first()
                        .getLong(0));
        assertThat(batched)
                .isEqualTo(spark.sql("SELECT id, transform(array(q), e -> mamba_embed_query(e))[0],"
                                + " transform(array(q), e -> try_mamba_embed_query(e))[0] FROM " + queries)
                        .collectAsList());
        assertThat(batched.get(7).isNullAt(1)).isTrue();
    }

    @Test
    void aQueryThatIsTooLongIsTheErrorOfItsRow() {
        String queries = "(SELECT if(id = 3, repeat('a b ', 600), 'cats') AS q FROM range(0, 6, 1, 1))";
        assertThat(spark.sql("SELECT try_mamba_embed_query(q) IS NULL FROM " + queries)
                        .collectAsList())
                .extracting(row -> row.get(0))
                .containsExactly(false, false, false, true, false, false);
    }

    @Test
    void aSortBySomethingElseReadsOnce() {
        ExecutedPlan plan = run("SELECT id, mamba_embed(t) FROM cats ORDER BY id DESC");
        assertThat(plan.metric(ReadMetrics.TOKENS)).isEqualTo(tokens);
    }

    @Test
    void ofTheFirstRowsOnlyTheseAreRead() {
        String sql = "SELECT id, mamba_embed(t) FROM cats ORDER BY id DESC LIMIT 5";
        assertThat(spark.sql("EXPLAIN " + sql).first().getString(0))
                .containsSubsequence("MambaRead", "TakeOrderedAndProject");
        assertThat(run(sql).metric(ReadMetrics.ROWS)).isEqualTo(5);
    }

    @Test
    void batchesCanBeTurnedOff() {
        spark.conf().set("spark.mamba.batch.enabled", "false");
        try {
            ExecutedPlan plan = run("SELECT mamba_token_count(t) FROM cats");
            assertThat(plan.reads()).isZero();
            assertThat(plan.hasRowByRow()).isTrue();
        } finally {
            spark.conf().unset("spark.mamba.batch.enabled");
        }
    }

    @Test
    void resultsDoNotDependOnBatches() {
        String sql = "SELECT id, mamba_summarize(t, 5), mamba_embed(t), mamba_perplexity(t) FROM cats ORDER BY id";
        List<Row> batched = spark.sql(sql).collectAsList();
        List<Row> rowByRow = spark.sql(sql.replaceAll("mamba_(\\w+)\\(t", "transform(array(t), e -> mamba_$1(e")
                        .replace("(e)", "(e))[0]")
                        .replace("(e, 5)", "(e, 5))[0]"))
                .collectAsList();
        assertThat(rowByRow).isEqualTo(batched);
        spark.conf().set("spark.mamba.block.tokens", "16");
        try {
            assertThat(spark.sql(sql).collectAsList()).isEqualTo(batched);
        } finally {
            spark.conf().unset("spark.mamba.block.tokens");
        }
    }

    private static ExecutedPlan run(String sql) {
        Dataset<Row> query = spark.sql(sql);
        query.collectAsList();
        return new ExecutedPlan(query);
    }
}

package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.sql.LocalSpark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task holds, and when it lets go of it. */
class MemoryTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.session();
    }

    @AfterEach
    void noArrowMemoryIsLeft() {
        assertThat(ArrowResults.ROOT.getAllocatedMemory()).isZero();
    }

    @Test
    void nothingIsLeftAfterSuccess() {
        assertThat(spark.sql("SELECT mamba_passages(concat('The cat ', id, ' slept.')) FROM range(40)")
                        .collectAsList())
                .hasSize(40);
    }

    @Test
    void nothingIsLeftAfterAFailure() {
        assertThatThrownBy(() -> spark.sql("SELECT mamba_embed(concat('cat ', id)),"
                                + " mamba_embed_query(repeat('a b ', if(id = 7, 600, 1))) FROM range(8)")
                        .collectAsList())
                .hasMessageContaining("[MAMBA_QUERY_TOO_LONG]");
    }

    @Test
    void nothingIsLeftAfterALimit() {
        Dataset<Row> query = spark.sql("SELECT mamba_embed(concat('The cat number ', id)) FROM range(0, 100000, 1, 2)"
                + " WHERE id % 2 = 0 LIMIT 3");
        assertThat(query.collectAsList()).hasSize(3);
        assertThat(new ExecutedPlan(query).metric(ReadMetrics.ROWS)).isLessThanOrEqualTo(6);
    }

    /** Hours of reading, in one row: it ends with the block at hand. */
    @Test
    @Timeout(60)
    void aKilledTaskEndsWithItsBlock() throws Exception {
        String tag = "killed";
        spark.addTag(tag);
        CompletableFuture<Throwable> reading = CompletableFuture.supplyAsync(() -> {
            SparkSession.setActiveSession(spark);
            spark.addTag(tag);
            return catchThrowable(() -> spark.sql(
                            "SELECT mamba_summarize(repeat('The cat slept in the house. ', cast(1000000 + id AS INT)))"
                                    + " FROM range(1)")
                    .collectAsList());
        });
        while (spark.sparkContext().statusTracker().getActiveJobIds().length == 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.SECONDS.sleep(2); // reading by now
        spark.interruptTag(tag);
        spark.clearTags();
        assertThat(reading.get(20, TimeUnit.SECONDS)).isNotNull();
        while (ArrowResults.ROOT.getAllocatedMemory() > 0
                || spark.sparkContext().statusTracker().getExecutorInfos()[0].numRunningTasks() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Rows of a byte and of millions, NULLs and blanks, within the bytes that a task may hold. */
    @Test
    void rowsOfAnySizeAreMixed() {
        spark.conf().set("spark.mamba.batch.maxBytes", "64k");
        try {
            List<Row> rows = spark.sql(
                            "SELECT id, t, mamba_token_count(t) AS n, mamba_summarize(if(length(t) < 99, t, NULL), 3) AS s"
                                    + " FROM (SELECT id, CASE WHEN id % 50 = 7 THEN repeat('a1', cast(1000000 + id AS INT)) WHEN id % 3 = 0 THEN NULL"
                                    + " WHEN id % 5 = 0 THEN '  ' ELSE 'a1b2' END AS t FROM range(0, 200, 1, 2))")
                    .collectAsList();
            assertThat(rows).hasSize(200).allSatisfy(row -> {
                String text = row.getString(1);
                assertThat(row.<Object>getAs("n"))
                        .isEqualTo(text == null ? null : text.isBlank() ? 0 : (Integer) text.length());
                assertThat(row.<Object>getAs("s"))
                        .isEqualTo(text == null || text.length() >= 99 ? null : text.isBlank() ? "" : text);
            });
            assertThat(rows).extracting(row -> row.getLong(0)).isSorted();
        } finally {
            spark.conf().unset("spark.mamba.batch.maxBytes");
        }
    }

    @Test
    void rowsFillBlocksTogether() {
        Dataset<Row> query =
                spark.sql("SELECT mamba_embed(concat('The cat number ', id, ' slept.')) FROM range(0, 200, 1, 1)");
        query.collectAsList();
        ExecutedPlan plan = new ExecutedPlan(query);
        long tokens = plan.metric(ReadMetrics.TOKENS) + 200; // and a marker before each text
        assertThat(plan.metric(ReadMetrics.BLOCKS)).isEqualTo((tokens + 511) / 512);
        assertThat(plan.metric(ReadMetrics.READING_TIME)).isPositive();
        assertThat(plan.metric(ReadMetrics.TOKENIZING_TIME)).isPositive();
    }
}

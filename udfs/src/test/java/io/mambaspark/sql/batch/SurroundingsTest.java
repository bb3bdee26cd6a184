package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in all that surrounds a query: the DataFrame API, caches, views, tables, sources, streams. */
class SurroundingsTest {
    private static final String SUM = "SELECT sum(mamba_token_count(x)) FROM ";

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static String files;
    private static long sum;

    @BeforeAll
    static void fillTable() {
        spark = LocalSpark.session();
        files = folder.resolve("texts").toString();
        spark.range(0, 100, 1, 2)
                .selectExpr("id", "repeat('a1', cast(id % 13 AS INT)) AS x", "id % 2 AS part")
                .write()
                .partitionBy("part")
                .parquet(files);
        spark.read().parquet(files).createOrReplaceTempView("texts");
        sum = spark.sql("SELECT sum(length(x)) FROM texts").first().getLong(0);
    }

    @Test
    void dataFrames() {
        Dataset<Row> counts = spark.table("texts")
                .select(
                        functions.expr("mamba_token_count(x) AS n"),
                        functions
                                .call_function("mamba_token_count", functions.col("x"))
                                .as("m"));
        assertThat(counts.agg(functions.sum("n"), functions.sum("m")).first().toString())
                .isEqualTo("[" + sum + "," + sum + "]");
    }

    @Test
    void aCacheIsReadInsteadOfTheModel() {
        Dataset<Row> cached =
                spark.sql("SELECT id, mamba_token_count(x) AS n FROM texts").cache();
        try {
            assertThat(cached.agg(functions.sum("n")).first().getLong(0)).isEqualTo(sum);
            Dataset<Row> again = spark.sql("SELECT id, mamba_token_count(x) AS n FROM texts");
            assertThat(((org.apache.spark.sql.classic.Dataset<Row>) again)
                            .queryExecution()
                            .withCachedData()
                            .toString())
                    .contains("InMemoryRelation");
        } finally {
            cached.unpersist();
        }
    }

    @Test
    void viewsTablesAndSqlFunctions() {
        spark.sql("CREATE OR REPLACE TEMPORARY VIEW counted AS SELECT *, mamba_token_count(x) AS n FROM texts");
        assertThat(spark.sql("SELECT sum(n) FROM counted WHERE n > 2 OR id >= 0")
                        .first()
                        .getLong(0))
                .isEqualTo(sum);
        spark.sql("CREATE TEMPORARY FUNCTION counting(t STRING) RETURNS INT RETURN mamba_token_count(t)");
        Dataset<Row> wrapped = spark.sql("SELECT sum(counting(x)) FROM texts");
        assertThat(wrapped.first().getLong(0)).isEqualTo(sum);
        assertThat(new ExecutedPlan(wrapped).reads()).isEqualTo(1);
        spark.sql("INSERT OVERWRITE DIRECTORY '" + folder.resolve("out") + "' USING parquet"
                + " SELECT mamba_token_count(x) AS n FROM texts");
        assertThat(spark.read()
                        .parquet(folder.resolve("out").toString())
                        .agg(functions.sum("n"))
                        .first()
                        .getLong(0))
                .isEqualTo(sum);
    }

    /** Filters and columns still reach a source of the second kind. */
    @Test
    void sourcesOfTheSecondKind() {
        spark.conf().set("spark.sql.sources.useV1SourceList", "");
        try {
            spark.read().parquet(files).createOrReplaceTempView("texts2");
            assertThat(spark.sql(SUM + "texts2").first().getLong(0)).isEqualTo(sum);
            String plan = spark.sql("EXPLAIN SELECT mamba_token_count(x) FROM texts2 WHERE id > 90 AND part = 1")
                    .first()
                    .getString(0);
            assertThat(plan).contains("MambaRead").contains("PushedFilters: [IsNotNull(id), GreaterThan(id,90)]");
        } finally {
            spark.conf().unset("spark.sql.sources.useV1SourceList");
        }
    }

    @Test
    void streams() throws Exception {
        spark.readStream()
                .schema(spark.table("texts").schema())
                .parquet(files)
                .selectExpr("id", "mamba_token_count(x) AS n")
                .writeStream()
                .format("memory")
                .queryName("streamed")
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
        assertThat(spark.sql("SELECT count(*), sum(n) FROM streamed").first().toString())
                .isEqualTo("[100," + sum + "]");
    }

    @Test
    void plansExplainThemselves() {
        String plan = spark.sql("EXPLAIN FORMATTED SELECT mamba_summarize(x, 5) FROM texts")
                .first()
                .getString(0);
        assertThat(plan).contains("MambaRead").contains("Arguments: [mamba_summarize(x#", ", 5)]");
    }
}

package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stream that keeps a state gives the rows beside a call that it gives beside SQL's own {@code length}, batch by batch, and
 * from its checkpoint again.
 *
 * <p>The texts are letters and digits in turn: each is a token, so their tokens are as many as their characters.
 */
@Tag("thorough")
class StatefulStreamsTest {
    private static final String SCHEMA = "id BIGINT, k BIGINT, t STRING, at TIMESTAMP";
    /** Micro-batches in all; the query starts again before the last. */
    private static final int BATCHES = 4;

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void writeBatches() {
        spark = LocalSpark.session();
        for (int batch = 0; batch < BATCHES; batch++) {
            // Half of the keys of each batch were in the one before.
            spark.range(batch * 10L, batch * 10L + 20, 1, 2)
                    .selectExpr(
                            "id",
                            "id % 4 AS k",
                            "repeat('a1', cast(id % 5 AS INT)) AS t",
                            "timestamp_seconds(id * 60) AS at")
                    .coalesce(1)
                    .write()
                    .json(folder.resolve("batch" + batch).toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            duplicates, filter above        | append   | SELECT id, tokens(t) AS n FROM distinct_left WHERE tokens(t) > 2
            duplicates, limit above         | append   | SELECT id, tokens(t) AS n FROM distinct_left LIMIT 5
            duplicates, both above          | append   | SELECT id, tokens(t) AS n FROM distinct_left WHERE tokens(t) > 2 LIMIT 12
            join, limit above               | append   | SELECT l.id, tokens(r.t) AS n FROM left l JOIN right r ON l.id = r.id + 3 LIMIT 2
            aggregation, limit above        | append   | SELECT w, tokens(m) AS n FROM (SELECT window(at, '1 minute').start AS w, max(t) AS m FROM left GROUP BY window(at, '1 minute')) LIMIT 1
            duplicates of what is read      | update   | SELECT DISTINCT tokens(t) AS n FROM left WHERE tokens(t) > 2 AND k > 0
            limit                           | append   | SELECT id, tokens(t) AS n FROM left LIMIT 50
            limit of what is read           | append   | SELECT id FROM left WHERE tokens(t) > 2 LIMIT 30
            limit, then filter              | append   | SELECT * FROM (SELECT id, tokens(t) AS n FROM left LIMIT 50) WHERE n > 2 AND id > 5
            aggregation                     | complete | SELECT k, sum(tokens(t)) AS n FROM left WHERE tokens(t) > 2 GROUP BY k
            aggregation by what is read     | update   | SELECT tokens(t) AS n, count(*) AS c FROM left GROUP BY tokens(t)
            call of an aggregate            | update   | SELECT k, tokens(max(t)) AS n FROM left GROUP BY k HAVING tokens(max(t)) > 2
            sorted aggregation              | complete | SELECT k, tokens(max(t)) AS n FROM left GROUP BY k ORDER BY k DESC
            limited aggregation             | complete | SELECT k, tokens(max(t)) AS n FROM left GROUP BY k ORDER BY k LIMIT 2
            windows of time                 | append   | SELECT window(at, '5 minutes').start AS w, sum(tokens(t)) AS n FROM left GROUP BY window(at, '5 minutes')
            join                            | append   | SELECT l.id, tokens(r.t) AS n FROM left l JOIN right r ON l.id = r.id + 3 WHERE tokens(l.t) > 2
            join, both sides                | append   | SELECT l.id, r.id AS o FROM left l JOIN right r ON l.k = r.k AND l.id = r.id + 4 AND tokens(concat(l.t, r.t)) > 4
            outer join                      | append   | SELECT l.id, r.id AS o, tokens(r.t) AS n FROM left l LEFT JOIN right r ON l.id = r.id + 4 AND l.at <= r.at + INTERVAL 10 MINUTES AND l.at >= r.at AND tokens(r.t) > 2
            """)
    void givesWhatItGivesBesideLength(String shape, String mode, String sql) throws Exception {
        List<String> wanted = batches(mode, sql.replace("tokens(", "length("));
        assertThat(wanted).hasSizeGreaterThanOrEqualTo(BATCHES);
        assertThat(batches(mode, sql.replace("tokens(", "mamba_token_count("))).isEqualTo(wanted);
    }

    /** The rows of each micro-batch. */
    private static List<String> batches(String mode, String sql) throws Exception {
        Path own = folder.resolve(UUID.randomUUID().toString());
        List<String> batches = new ArrayList<>();
        Path source = own.resolve("source");
        for (int batch = 0; batch < BATCHES; batch++) {
            spark.read()
                    .schema(SCHEMA)
                    .json(folder.resolve("batch" + batch).toString())
                    .coalesce(1)
                    .write()
                    .mode("append")
                    .json(source.toString());
            if (batch >= BATCHES - 2) { // all but the last, then the last from the checkpoint
                run(mode, sql, own, batches);
            }
        }
        return batches;
    }

    private static void run(String mode, String sql, Path own, List<String> batches) throws Exception {
        SparkSession session = spark.newSession();
        Dataset<Row> stream = session.readStream()
                .schema(SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(own.resolve("source").toString())
                .withWatermark("at", "15 minutes");
        stream.createOrReplaceTempView("left");
        stream.select(stream.columns()[0], "k", "t", "at").createOrReplaceTempView("right");
        stream.dropDuplicates("id").createOrReplaceTempView("distinct_left");
        session.conf().set("spark.sql.streaming.stateStore.stateSchemaCheck", "true");
        session.sql(sql)
                .writeStream()
                .outputMode(mode)
                .option("checkpointLocation", own.resolve("checkpoint").toString())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                        (rows, id) -> batches.add(id + " " + shown(rows.collectAsList(), sql)))
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private static String shown(List<Row> rows, String sql) {
        List<String> lines = new ArrayList<>(rows.stream().map(Row::toString).toList());
        if (!sql.contains("ORDER BY")) {
            lines.sort(null);
        }
        return lines.toString();
    }
}

package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.ml.MambaSummarizer;
import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What depends on where a row comes from, or on the rows before it, is beside a call what it is beside SQL's own {@code
 * length}, however many rows are read together.
 *
 * <p>The texts are letters and digits in turn: each is a token, so their tokens are as many as their characters.
 */
class RowSourceTest {
    private static final String ROWS = "spark.mamba.batch.maxBytes";
    /** What a row with a short text takes of the limit while it waits. */
    private static final int BYTES_OF_ROW = 300;

    private static final String FILES =
            "SELECT id, tokens(t), input_file_name(), input_file_block_start(), input_file_block_length() FROM files";

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void fillFiles() {
        spark = LocalSpark.session();
        String files = folder.resolve("files").toString();
        spark.conf().set("spark.sql.files.minPartitionNum", "2"); // several files in each
        spark.range(0, 240, 1, 12)
                .selectExpr("id", "id % 7 AS k", "repeat('a1', cast(id % 5 AS INT)) AS t")
                .write()
                .parquet(files);
        spark.range(0, 60, 1, 5)
                .selectExpr("concat('a', id % 10) AS value")
                .write()
                .text(folder.resolve("lines").toString());
    }

    @AfterAll
    static void resetFiles() {
        spark.conf().unset("spark.sql.files.minPartitionNum");
    }

    @AfterEach
    void resetBatches() {
        spark.conf().unset(ROWS);
        spark.conf().unset("spark.sql.sources.useV1SourceList");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            in SELECT              | SELECT id, input_file_name(), input_file_block_start(), input_file_block_length(), tokens(t) FROM files
            in WHERE, before       | SELECT id FROM files WHERE input_file_name() LIKE '%part-0000%' AND tokens(t) > 2
            in WHERE, after        | SELECT id FROM files WHERE tokens(t) > 2 AND input_file_name() LIKE '%part-00003%'
            in WHERE, together     | SELECT id FROM files WHERE tokens(t) > 2 OR input_file_name() LIKE '%part-00003%'
            in GROUP BY            | SELECT input_file_name(), tokens(t), count(*) FROM files GROUP BY input_file_name(), tokens(t)
            over a filter          | SELECT DISTINCT input_file_name() FROM files WHERE tokens(t) > 6 AND k = 3
            over many operators    | SELECT f, e FROM (SELECT explode(array(1, 2)) AS e, input_file_name() AS f FROM (SELECT * FROM files WHERE tokens(t) > 2)) WHERE e > 1
            in a join condition    | SELECT a.id FROM (SELECT id, t, input_file_name() AS f FROM files) a JOIN (SELECT input_file_name() AS f, max(id) AS m FROM files GROUP BY 1) b ON a.f = b.f AND tokens(a.t) > 2 AND a.id < b.m
            in ORDER BY            | SELECT id, tokens(t) AS n FROM files ORDER BY input_file_name(), n, id LIMIT 30
            over a LIMIT           | SELECT id, input_file_name() FROM (SELECT * FROM files WHERE tokens(t) > 2 LIMIT 200)
            of an argument         | SELECT id, tokens(if(input_file_name() LIKE '%part-00003%', 'a1', 'b2c3')) FROM files
            over two reads         | SELECT id, input_file_name() FROM files WHERE tokens(t) > 2 AND tokens(concat(t, repeat('d4', tokens(t)))) > 6
            in a file of text      | SELECT value, input_file_name(), tokens(value) FROM lines WHERE tokens(value) > 1
            numbers of rows        | SELECT id, monotonically_increasing_id(), tokens(t) FROM files WHERE tokens(t) > 2
            numbers of partitions  | SELECT id, spark_partition_id(), tokens(t) FROM files WHERE tokens(t) > 2 AND spark_partition_id() >= 0
            chance                 | SELECT id, rand(7), randn(8), tokens(t) FROM files WHERE tokens(t) > 2
            """)
    void isAsBesideLengthHoweverManyRowsAreReadTogether(String place, String sql) {
        isAsBesideLength(sql, 1, 1000);
    }

    @Tag("thorough")
    @Test
    void isAsBesideLengthInFilesOfTheSecondKindToo() {
        spark.conf().set("spark.sql.sources.useV1SourceList", "");
        isAsBesideLength(FILES + " WHERE tokens(t) > 2 AND input_file_name() LIKE '%part-00003%'", 1, 2, 1000);
        isAsBesideLength(
                FILES.replace("id,", "monotonically_increasing_id(), rand(7), spark_partition_id(), id,"), 1, 2, 1000);
    }

    /** A source of the second kind has no hidden columns, and evaluates what is not deterministic in another order. */
    @Tag("thorough")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            hidden columns         | SELECT id, _metadata.file_name, _metadata.file_block_start, _metadata.row_index, tokens(t) FROM FILES WHERE tokens(t) > 2
            hidden in WHERE        | SELECT id FROM FILES WHERE input_file_name() LIKE concat('%', _metadata.file_name) AND tokens(t) > 2
            numbers before         | SELECT id, tokens(t) FROM files WHERE monotonically_increasing_id() % 3 = 0 AND tokens(t) > 2
            numbers after          | SELECT id, tokens(t) FROM files WHERE tokens(t) > 2 AND monotonically_increasing_id() % 3 = 0
            numbers between        | SELECT id FROM files WHERE tokens(t) > 2 AND monotonically_increasing_id() % 3 = 0 AND tokens(t) < 8 AND k > 2
            chance before          | SELECT id FROM files WHERE rand(7) < 0.5 AND tokens(t) > 2 AND k > 2
            chance after           | SELECT id FROM files WHERE tokens(t) > 2 AND rand(7) < 0.5 AND k > 2
            chance together        | SELECT id FROM files WHERE rand(7) * 6 < tokens(t) AND k > 2
            """)
    void isAsBesideLengthInFilesOfTheFirstKind(String place, String sql) {
        isAsBesideLength(sql.replace("FILES", "parquet.`" + folder.resolve("files") + "`"), 1, 2, 1000);
    }

    private static void isAsBesideLength(String sql, int... rowsTogether) {
        List<Row> wanted = rows(sql, "length(");
        for (int rows : rowsTogether) {
            spark.conf().set(ROWS, Integer.toString(rows == 1 ? 1 : rows * BYTES_OF_ROW));
            assertThat(rows(sql, "mamba_token_count("))
                    .as("%d rows at a time", rows)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static List<Row> rows(String sql, String call) {
        for (String view : List.of("files", "lines")) {
            String path = folder.resolve(view).toString();
            spark.read()
                    .format(view.equals("files") ? "parquet" : "text")
                    .load(path)
                    .createOrReplaceTempView(view);
        }
        return spark.sql(sql.replace("tokens(", call)).collectAsList();
    }

    @Test
    void aTransformerOfMlLeavesTheFileOfEachRowToo() {
        Dataset<Row> files = spark.read().parquet(folder.resolve("files").toString());
        List<Row> wanted = files.selectExpr("id", "input_file_name()").collectAsList();
        Dataset<Row> summarized = new MambaSummarizer()
                .setInputCol("t")
                .setOutputCol("s")
                .transform(files)
                .selectExpr("id", "input_file_name()");
        assertThat(summarized.collectAsList()).containsExactlyInAnyOrderElementsOf(wanted);
    }
}

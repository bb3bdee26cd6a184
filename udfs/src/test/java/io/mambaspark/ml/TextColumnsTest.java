package io.mambaspark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code mapPartitions} gives is what the SQL functions give. */
class TextColumnsTest {
    @AfterEach
    void unset() {
        LocalSpark.session().conf().unset("spark.mamba.batch.maxBytes");
    }

    @Test
    void givesWhatSqlGives() {
        Dataset<Row> read = TextColumns.of("text")
                .with("summary", "mamba_summarize", 10)
                .with("answer", "mamba_summarize", 10, "a sleeping animal")
                .with("detail", "mamba_summarize_detail")
                .with("hits", "mamba_retrieve", "the fire", 2)
                .with("passages", "mamba_passages")
                .with("vector", "mamba_embed")
                .with("perplexity", "mamba_perplexity")
                .with("tokens", "mamba_token_count")
                .addTo(Texts.rows());
        Dataset<Row> sql = Texts.sql(
                "mamba_summarize(text, 10) AS summary,"
                        + " mamba_summarize(text, 10, 'a sleeping animal') AS answer, mamba_summarize_detail(text) AS detail,"
                        + " mamba_retrieve(text, 'the fire', 2) AS hits, mamba_passages(text) AS passages,"
                        + " mamba_embed(text) AS vector, mamba_perplexity(text) AS perplexity, mamba_token_count(text) AS tokens");
        assertThat(read.queryExecution().executedPlan().toString()).doesNotContain("MambaRead");
        assertThat(read.collectAsList()).hasSize(40).isEqualTo(sql.collectAsList());
    }

    /** Rows that wait for a block keep their order and their columns, however few bytes may wait. */
    @Test
    void boundsTheRowsThatWait() {
        LocalSpark.session().conf().set("spark.mamba.batch.maxBytes", "1");
        Dataset<Row> read =
                TextColumns.of("text").with("summary", "mamba_summarize", 10).addTo(Texts.rows());
        assertThat(read.collectAsList())
                .isEqualTo(Texts.sql("mamba_summarize(text, 10)").collectAsList());
    }

    @Test
    void anErrorEndsTheJobOrIsNull() {
        String tooLong = "a b ".repeat(600);
        assertThatThrownBy(() -> TextColumns.of("text")
                        .with("hits", "mamba_retrieve", tooLong)
                        .addTo(Texts.rows())
                        .collectAsList())
                .hasMessageContaining("[MAMBA_QUERY_TOO_LONG]");
        assertThat(TextColumns.of("text")
                        .with("hits", "try_mamba_retrieve", tooLong)
                        .with("tokens", "mamba_token_count")
                        .addTo(Texts.rows())
                        .filter("kind = 4")
                        .collectAsList())
                .hasSize(8)
                .allMatch(row -> row.isNullAt(4) && row.getInt(5) > 1);
    }

    @Test
    void takesAnEmptyFrame() {
        assertThat(TextColumns.of("text")
                        .with("vector", "mamba_embed")
                        .addTo(Texts.rows().limit(0))
                        .collectAsList())
                .isEmpty();
    }

    @Test
    void mistakesAreToldBeforeAnythingRuns() {
        TextColumns text = TextColumns.of("text");
        assertMistake(
                "[MAMBA_FUNCTION_UNKNOWN] There is no function mamba_translate that reads a text.",
                () -> text.with("a", "mamba_translate"));
        assertMistake(
                "[MAMBA_CALL_INVALID] mamba_retrieve(text, query [, k [, min_relevance]]) cannot be called with [] behind the text.",
                () -> text.with("a", "mamba_retrieve"));
        assertMistake(
                "[MAMBA_CALL_INVALID] mamba_summarize(text [, max_words [, query [, format]]]) cannot be called with [ten]",
                () -> text.with("a", "mamba_summarize", "ten"));
        assertMistake("[MAMBA_CALL_INVALID]", () -> text.with("a", "mamba_embed", 3));
        assertMistake("[MAMBA_MAX_WORDS_INVALID]", () -> text.with("a", "mamba_summarize", -1));

        StructType schema = new StructType().add("text", DataTypes.StringType).add("id", DataTypes.LongType);
        assertMistake(
                "[MAMBA_COLUMN_EXISTS] There is a column id already.",
                () -> text.with("id", "mamba_embed").schema(schema));
        assertMistake(
                "[MAMBA_COLUMN_EXISTS] There is a column a already.",
                () -> text.with("a", "mamba_embed").with("a", "mamba_embed").schema(schema));
        assertMistake(
                "[MAMBA_COLUMN_NOT_FOUND] There is no column body to read. There are: text, id.",
                () -> TextColumns.of("body").schema(schema));
        assertMistake(
                "[MAMBA_COLUMN_NOT_TEXT] The column id is BIGINT, not text.",
                () -> TextColumns.of("id").schema(schema));
    }

    private static void assertMistake(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(MambaSqlException.class).hasMessageStartingWith(message);
    }
}

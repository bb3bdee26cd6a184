package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of a summary that may be left out, in every way to the functions. */
class SummaryArgumentsTest {
    private static final String QUERY = "'Why did the Queen shout?'";

    private static SparkSession plain;

    @BeforeAll
    static void fill() throws IOException {
        String alice = Files.readString(Path.of("../examples/books/alices-adventures-in-wonderland.txt"));
        List<Row> pages = new ArrayList<>();
        String[] paragraphs = alice.substring(84_000, 94_000).split("\\R{2,}");
        for (int i = 0; i < paragraphs.length; i++) {
            pages.add(RowFactory.create((long) i, paragraphs[i]));
        }
        SparkSession spark = LocalSpark.session();
        StructType schema = new StructType().add("place", DataTypes.LongType).add("t", DataTypes.StringType);
        spark.createDataFrame(pages, schema).createOrReplaceTempView("croquet_pages");
        plain = spark.newSession();
        PlainFunctions.register(plain, MambaConf.of(key -> Optional.empty()), new Evaluation(false, "a test"));
        for (SparkSession session : new SparkSession[] {spark, plain}) {
            session.createDataFrame(
                            List.of(RowFactory.create(String.join("\n\n", paragraphs))),
                            new StructType().add("t", DataTypes.StringType))
                    .createOrReplaceTempView("croquet");
        }
    }

    private static String one(String expression) {
        return LocalSpark.value("SELECT " + expression + " FROM croquet");
    }

    @Test
    void bulletsAndOutlineHaveALineEach() {
        String text = one("mamba_summarize(t, 60)");
        assertThat(text).doesNotContain("\n");
        assertThat(one("mamba_summarize(t, 60, format => 'bullets')").lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.startsWith("- "));
        assertThat(one("mamba_summarize(t, 60, format => 'outline')")).contains("Croquet");
    }

    /** What is left out by a literal NULL, by name, or by nothing, has its default. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_summarize(t) = mamba_summarize(t, NULL)",
                "mamba_summarize(t) = mamba_summarize(t, CAST(NULL AS INT), NULL, NULL)",
                "mamba_summarize(t) = mamba_summarize(t, 50, format => 'TEXT')",
                "mamba_summarize(t, 40, NULL, 'bullets') = mamba_summarize(t, format => 'bullets', max_words => 40)",
                "mamba_summarize(t, 40, NULL, 'bullets') = mamba.summarize(t, 40, NULL, 'bullets')",
                "mamba_summarize_detail(t, 40, NULL, 'bullets').summary = mamba_summarize(t, 40, NULL, 'bullets')",
                "size(mamba_retrieve(t, 'Queen')) = 5 AND size(mamba_retrieve(t, 'Queen', NULL, NULL)) = 5",
            })
    void aLiteralNullIsTheDefault(String condition) {
        assertThat(LocalSpark.<Boolean>value("SELECT " + condition + " FROM croquet"))
                .isTrue();
    }

    @Test
    void plainFunctionsTakeTheSameArguments() {
        for (String call : new String[] {
            "mamba_summarize(t, NULL)",
            "mamba_summarize(t, 40, " + QUERY + ", 'bullets')",
            "mamba_summarize(t, 40, format => 'bullets')",
            "mamba_retrieve(t, 'Queen', 2, 0.1)[0].section",
        }) {
            String ofPlain =
                    plain.sql("SELECT " + call + " FROM croquet").first().getString(0);
            assertThat(ofPlain).isNotEmpty().isEqualTo(one(call));
        }
    }

    @Test
    void aColumnWithoutAQueryIsStillNull() {
        assertThat((Object) LocalSpark.value("SELECT mamba_summarize(t, 9, q) FROM (SELECT t, if(length(t) > 0,"
                        + " NULL, 'a') AS q FROM croquet)"))
                .isNull();
    }

    /** In a group read row by row of the plan, held in memory, and over the catalog. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_summarize_agg(t, 60, NULL, %s, 'bullets') WITHIN GROUP (ORDER BY place)",
                "mamba_summarize_agg(t, 60, query => %s, format => 'bullets') WITHIN GROUP (ORDER BY place)",
                "mamba_summarize_agg(t, 60, place, %s, 'bullets')",
                "mamba_summarize_agg(t, 60, place, %s, 'bullets') FILTER (WHERE place >= 0)",
                "mamba.summarize_agg(t, 60, place, %s, 'bullets')",
            })
    void aGroupIsSummarizedAsItsTextIs(String call) {
        assertThat(LocalSpark.<String>value("SELECT " + call.formatted(QUERY) + " FROM croquet_pages"))
                .isEqualTo(one("mamba_summarize(t, 60, " + QUERY + ", 'bullets')"))
                .isNotEqualTo(one("mamba_summarize(t, 60, format => 'bullets')"));
    }

    @Test
    void sentencesHaveTheirSection() {
        assertThat(LocalSpark.<Boolean>value(
                        "SELECT forall(mamba_summarize_detail(t, 60).sentences, s -> s.section IS NULL OR"
                                + " s.section LIKE '%Croquet%') AND exists(mamba_summarize_detail(t, 60).sentences,"
                                + " s -> s.section IS NOT NULL) FROM croquet"))
                .isTrue();
    }

    @Test
    void aWrongFormatIsRefusedInAnalysis() {
        for (String call : new String[] {
            "mamba_summarize(t, 5, NULL, 'html')",
            "mamba_summarize_agg(t, 5, 1, NULL, 'html')",
            "mamba.summarize(t, 5, NULL, 'html')"
        }) {
            assertThatThrownBy(() -> LocalSpark.session().sql("SELECT " + call + " FROM croquet"))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("[MAMBA_SUMMARY_FORMAT_INVALID] The argument format of")
                    .hasMessageContaining("is html. Give one of text, bullets, outline.");
        }
        assertThatThrownBy(() -> LocalSpark.session().sql("SELECT mamba_summarize(t, 5, NULL, t) FROM croquet"))
                .hasMessageContaining("[MAMBA_ARGUMENT_NOT_CONSTANT]");
    }

    @Test
    void columnsAreNamedAsTheCallIs() {
        assertThat(LocalSpark.session()
                        .sql("SELECT mamba_summarize(t, 5) FROM croquet")
                        .columns())
                .containsExactly("mamba_summarize(t, 5)");
        assertThat(LocalSpark.session()
                        .sql("SELECT mamba_summarize_agg(t, 5, place) FROM croquet_pages")
                        .columns())
                .containsExactly("mamba_summarize_agg(t, 5, place)");
    }
}

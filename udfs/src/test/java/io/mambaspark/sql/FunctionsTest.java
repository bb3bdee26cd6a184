package io.mambaspark.sql;

import static io.mambaspark.sql.LocalSpark.rows;
import static io.mambaspark.sql.LocalSpark.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.task.Perplexity;
import io.mambaspark.task.Summarizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the functions give: what the tasks give without Spark, and what SQL's own functions say of it. */
class FunctionsTest {
    private static String alice;
    private static MambaModel model;

    @BeforeAll
    static void fillTexts() throws IOException {
        alice = "🐇 "
                + Files.readString(Path.of("../examples/books/alices-adventures-in-wonderland.txt"))
                        .substring(2_000, 6_000);
        model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
        LocalSpark.session()
                .createDataFrame(
                        List.of(RowFactory.create(1, alice), RowFactory.create(2, " \n"), RowFactory.create(3, null)),
                        new StructType().add("id", DataTypes.IntegerType).add("t", DataTypes.StringType))
                .createOrReplaceTempView("texts");
    }

    static Stream<FunctionDescription.Example> examples() {
        return Functions.all(Evaluation.BATCHED).stream()
                .flatMap(function -> function.description().examples().stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesGiveWhatTheySay(FunctionDescription.Example example) {
        assertThat((Object) value(example.sql())).asString().isEqualTo(example.result());
    }

    @Test
    void givesWhatTheTasksGive() {
        Document document = Document.of("alice", alice);
        String summary = new Summarizer(model, 40, null)
                .summarize(List.of(document).iterator())
                .next()
                .value()
                .text();
        assertThat((String) value("SELECT mamba_summarize(t, 40) FROM texts WHERE id = 1"))
                .isEqualTo(summary);
        assertThat((String) value("SELECT mamba_summarize_detail(t, 40).summary FROM texts WHERE id = 1"))
                .isEqualTo(summary);
        double perplexity = new Perplexity(model)
                .measure(List.of(document).iterator())
                .next()
                .value();
        assertThat((Double) value("SELECT mamba_perplexity(t) FROM texts WHERE id = 1"))
                .isEqualTo(perplexity);
        assertThat((Object) value("SELECT mamba_embed_query('Who is the rabbit?') = array("
                        + floats(model.queryVector("Who is the rabbit?")) + ")"))
                .isEqualTo(true);
    }

    private static String floats(float[] vector) {
        StringBuilder sql = new StringBuilder();
        for (float number : vector) {
            sql.append(sql.isEmpty() ? "" : ", ")
                    .append("CAST('")
                    .append(number)
                    .append("' AS FLOAT)");
        }
        return sql.toString();
    }

    @Test
    void spansCountCodePoints() {
        List<Row> wrong =
                rows("SELECT s.* FROM texts LATERAL VIEW explode(mamba_summarize_detail(t, 60).sentences) AS s"
                        + " WHERE s.text <> substring(t, s.start + 1, s.end - s.start)");
        assertThat(wrong).isEmpty();
        assertThat(
                        (Long)
                                value(
                                        "SELECT count(*) FROM texts LATERAL VIEW explode(mamba_retrieve(t, 'the Queen', 4)) AS h"
                                                + " WHERE h.text = substring(t, h.start + 1, h.end - h.start) AND h.rank BETWEEN 1 AND 4"))
                .isEqualTo(4);
        assertThat((Boolean) value("SELECT every(p.text = substring(t, p.start + 1, p.end - p.start)"
                        + " AND abs(mamba_similarity(p.vector, p.vector) - 1) < 1e-5) FROM texts"
                        + " LATERAL VIEW explode(mamba_passages(t)) AS p"))
                .isTrue();
    }

    @Test
    void passagesKnowTheHeadingsAboveThem() {
        String text = "A Guide to Pickles\n\nINTRODUCTION\n\n"
                + "Pickles keep for a year in a cool cellar. ".repeat(20)
                + "\n\nOF SALT AND WATER\n\n"
                + "The salt must be clean and the water must be cold. ".repeat(20);
        LocalSpark.session()
                .createDataFrame(List.of(RowFactory.create(text)), new StructType().add("t", DataTypes.StringType))
                .createOrReplaceTempView("guide");
        List<Row> passages = rows("SELECT p.section, p.text FROM guide LATERAL VIEW explode(mamba_passages(t)) AS p");
        assertThat(passages.get(1).getString(0)).contains("INTRODUCTION");
        assertThat(passages.get(passages.size() - 1).getString(0)).isEqualTo("OF SALT AND WATER");
        List<Row> hits = rows("SELECT h.section, h.relevance, h.text FROM guide LATERAL VIEW"
                + " explode(mamba_retrieve(t, 'Which salt must be taken?', 1)) AS h");
        assertThat(hits.get(0).getString(0)).isEqualTo("OF SALT AND WATER");
        assertThat(hits.get(0).getFloat(1)).isBetween(0f, 1f);
        assertThat((Object) value("SELECT mamba_passages('The cat slept.')[0].section"))
                .isNull();
    }

    @Test
    void nullGivesNullAndBlankGivesNothing() {
        String all = "mamba_summarize(t), mamba_summarize_detail(t).summary, mamba_retrieve(t, 'x'), mamba_passages(t),"
                + " mamba_embed(t), mamba_embed_query(t), mamba_similarity(t, 'x'), mamba_token_count(t),"
                + " mamba_perplexity(t)";
        assertThat(rows("SELECT " + all + " FROM texts WHERE id = 2").get(0).toString())
                .isEqualTo("[,,ArraySeq(),ArraySeq(),null,null,null,0,null]");
        assertThat(rows("SELECT " + all + " FROM texts WHERE id = 3").get(0).toString())
                .isEqualTo("[null,null,null,null,null,null,null,null,null]");
        assertThat((Object) value("SELECT mamba_summarize(t, 10, nullif(t, t)) FROM texts WHERE id = 1"))
                .isNull();
    }

    @Test
    void textsAreAsSimilarAsTheirVectors() {
        List<Row> row =
                rows("SELECT mamba_similarity(t, 'a rabbit'), mamba_similarity(mamba_embed(t), mamba_embed('a rabbit'))"
                        + " FROM texts WHERE id = 1");
        assertThat(row.get(0).getFloat(0)).isEqualTo(row.get(0).getFloat(1)).isBetween(-1f, 1f);
        assertThat((Float) value("SELECT mamba_similarity(array(1D, 0D), array(0D, -2D))"))
                .isCloseTo(0f, within(0f));
        assertThat((Object) value("SELECT mamba_similarity(array(0F), array(1F))"))
                .isNull();
        assertThat((Object) value("SELECT mamba_similarity(array(1F, NULL), array(1F, 2F))"))
                .isNull();
        assertThat((Boolean)
                        value("SELECT exists(array(t), e -> mamba_similarity(e, e) > 0.99) FROM texts WHERE id = 1"))
                .isTrue();
    }

    /** Invalid bytes are read as Spark's own function gives them, and spans count that text. */
    @Test
    void invalidUtf8IsMadeValid() {
        String invalid = "CAST(concat(X'41FFE28241', CAST(' cat slept. It was quiet.' AS BINARY)) AS STRING)";
        assertThat((Integer) value("SELECT mamba_token_count(" + invalid + ")"))
                .isEqualTo(value("SELECT mamba_token_count(make_valid_utf8(" + invalid + "))"));
        assertThat((Boolean) value("SELECT s.text = substring(make_valid_utf8(" + invalid
                        + "), s.start + 1, s.end - s.start) FROM (SELECT mamba_summarize_detail(" + invalid
                        + ").sentences[0] AS s)"))
                .isTrue();
    }

    @Test
    void collationsAndCastsAreThoseOfSqlsOwnFunctions() {
        assertThat((String) value("SELECT collation(mamba_summarize('The cat slept.' COLLATE UNICODE_CI))"))
                .endsWith("UNICODE_CI");
        assertThat((Boolean) value("SELECT mamba_summarize('The cat.' COLLATE UTF8_LCASE) = 'THE CAT.'"))
                .isTrue();
        for (boolean ansi : new boolean[] {true, false}) {
            LocalSpark.session().conf().set("spark.sql.ansi.enabled", ansi);
            assertThat((Integer) value("SELECT mamba_token_count(12)"))
                    .isEqualTo(value("SELECT mamba_token_count('12')"));
            assertThat((String) value("SELECT mamba_summarize('The cat slept. It was quiet.', '3')"))
                    .hasSizeLessThan(20);
        }
        LocalSpark.session().conf().unset("spark.sql.ansi.enabled");
    }

    @Test
    void infoSaysWhatReads() {
        Row info = value("SELECT mamba_info()");
        assertThat(info.<String>getAs("model")).isEqualTo("built-in");
        assertThat(info.<String>getAs("fingerprint")).isEqualTo(model.fingerprint());
        assertThat(info.<String>getAs("device")).isEqualTo("cpu");
        assertThat(info.<Boolean>getAs("batched")).isTrue();
    }
}

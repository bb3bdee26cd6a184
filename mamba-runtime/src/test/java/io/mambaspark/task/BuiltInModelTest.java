package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.Books;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReferenceTensors;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Span;
import io.mambaspark.text.TextNormalisation;
import io.mambaspark.text.TokenCursor;
import io.mambaspark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks on the built-in model against the vectors that a float64 reference made of its weights. */
class BuiltInModelTest {
    private static MambaModel model;
    private static ReferenceTensors expected;
    private static JsonNode texts;

    @BeforeAll
    static void load() throws IOException {
        model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
        expected = ReferenceTensors.read("/io/mambaspark/model/reader/expected.safetensors");
        texts = new ObjectMapper()
                .readTree(BuiltInModelTest.class.getResourceAsStream("/io/mambaspark/model/reader/expected.json"))
                .get("texts");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aQueryHasTheReferencesVector() {
        assertThat(cosine(model.queryVector(texts.at("/query/text").asText()), expected.floats("query.embedding"), 0))
                .isGreaterThan(0.9999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passage", "typography", "capitals", "look_alikes"})
    void aWholeTextHasTheReferencesVector(String name) {
        String text = texts.at("/" + name + "/text").asText();
        Embedding whole = only(new Embedder(model, Unit.DOCUMENT).embed(one(text, null)));
        assertThat(cosine(whole.vector(), expected.floats(name + ".whole_embedding"), 0))
                .isGreaterThan(0.9999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passage", "alice"})
    void passagesOfGivenSentencesHaveTheReferencesVectors(String name) {
        String text = text(name);
        List<Embedding> passages = new ArrayList<>();
        new Embedder(model, Unit.PASSAGE)
                .embed(one(text, sentences(name, text)))
                .forEachRemaining(outcome -> passages.add(value(outcome)));
        float[] vectors = expected.floats(name + ".passage_embeddings");
        assertThat(passages).hasSize(vectors.length / model.dimension());
        for (Embedding passage : passages) {
            assertThat(cosine(passage.vector(), vectors, passage.passage() * model.dimension()))
                    .isGreaterThan(0.9999);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passage", "alice"})
    void salienceOfGivenSentencesIsTheReferences(String name) {
        String text = text(name);
        // A budget beyond the text returns every sentence with its score.
        Summary all = only(new Summarizer(model, 100_000, null).summarize(one(text, sentences(name, text))));
        float[] salience = expected.floats(name + ".salience");
        assertThat(all.sentences()).hasSize(salience.length);
        for (int i = 0; i < salience.length; i++) {
            assertThat(all.sentences().get(i).score())
                    .isCloseTo(salience[i], org.assertj.core.data.Offset.offset(1e-3f));
        }
    }

    @Test
    void aSummaryOfABookKeepsItsBudgetAndOrder() {
        Summary summary = only(new Summarizer(model, 60, null).summarize(one(text("alice"), null)));
        assertThat(Words.DEFAULT.count(summary.text(), 0, summary.text().length()))
                .isBetween(1, 60);
        assertThat(summary.sentences())
                .isSortedAccordingTo((a, b) -> a.span().start() - b.span().start());
        assertThat(summary.tokensRead()).isEqualTo(2975);
    }

    @Test
    void aQueryFindsItsPassage() {
        Retrieved found =
                only(new Retriever(model, List.of(model.query("What did the bottle marked drink me taste of?")), 3)
                        .retrieve(one(text("alice"), null)));
        assertThat(found.hits().get(0)).hasSizeLessThanOrEqualTo(3);
        assertThat(found.hits().get(0).get(0).text()).containsIgnoringCase("bottle");
    }

    @Test
    void blankAndShortTextsFailNothing() {
        List<Document> documents = List.of(
                Document.of("empty", ""),
                Document.of("blank", " \n\t"),
                Document.of("short", "Two words"),
                Document.of("odd", "\ud800 \0 x"));
        List<Outcome<Summary>> summaries = new ArrayList<>();
        new Summarizer(model, 50, null).summarize(documents.iterator()).forEachRemaining(summaries::add);
        assertThat(summaries).extracting(Outcome::error).containsOnlyNulls();
        assertThat(summaries).extracting(outcome -> outcome.value().text()).startsWith("", "", "Two words");
    }

    private static String text(String name) {
        return name.equals("alice")
                ? Books.alice().substring(0, texts.at("/alice/characters").asInt())
                : texts.at("/" + name + "/text").asText();
    }

    /** The reference's sentence spans count tokens; these are their characters. */
    private static List<Span> sentences(String name, String text) {
        int[] spans = expected.ints(name + ".sentence_spans");
        TokenCursor cursor = model.tokenizer()
                .tokens(ReaderText.of(
                        text, name.equals("alice") ? model.profile().normalisation() : TextNormalisation.NONE));
        int[] ids = new int[text.length()];
        int[] ends = new int[text.length()];
        int count = 0;
        for (int read = cursor.next(ids, ends, 0, ids.length);
                read > 0;
                read = cursor.next(ids, ends, count, ids.length - count)) {
            count += read;
        }
        List<Span> sentences = new ArrayList<>();
        for (int i = 0; i < spans.length; i += 2) {
            int start = spans[i] == 0 ? 0 : ends[spans[i] - 1];
            sentences.add(new Span(start, ends[spans[i + 1] - 1]));
        }
        return sentences;
    }

    private static Iterator<Document> one(String text, List<Span> sentences) {
        return List.of(new Document("it", text, sentences)).iterator();
    }

    private static <T> T only(Iterator<Outcome<T>> outcomes) {
        T value = value(outcomes.next());
        assertThat(outcomes.hasNext()).isFalse();
        return value;
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome.error()).isNull();
        return outcome.value();
    }

    private static double cosine(float[] a, float[] b, int at) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[at + i];
            aa += (double) a[i] * a[i];
            bb += (double) b[at + i] * b[at + i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}

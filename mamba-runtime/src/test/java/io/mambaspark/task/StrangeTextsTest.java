package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.reading.TinyReader;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Span;
import io.mambaspark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text fails any task, all of which draw from one reading of it; and what spans cover is what they say. */
class StrangeTextsTest {
    private static final int WORDS = 50;

    private static MambaModel tiny;
    private static MambaModel builtIn;

    @BeforeAll
    @BeforeContainer
    static void load() throws IOException {
        Path folder = Files.createTempDirectory("tiny-reader");
        tiny = TinyReader.load(folder, OptionalInt.of(3), 512);
        builtIn = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
        for (String file : new String[] {"config.json", "model.safetensors", "tokenizer.json", "reader.json"}) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
    }

    @AfterAll
    @AfterContainer
    static void close() {
        tiny.close();
        builtIn.close();
    }

    static Stream<Named<String>> texts() {
        return Stream.concat(
                Stream.of("", " ", "\n\t \u3000", "\0", "\0\0 \0", "one", "Two words", "One sentence, and no more.")
                        .map(text -> Named.of("'" + text.replace("\0", "NUL") + "'", text)),
                Stream.of(
                        Named.of("no-break space", "\u00A0"),
                        Named.of("full stops", ". . . ."),
                        Named.of("a lone high surrogate", "Half \uD83D is here. And here."),
                        Named.of("a lone low surrogate at the end", "It ends with half \uDE00"),
                        Named.of("Chinese", "\u6211\u8bfb\u4e66\u3002\u4ed6\u4e0d\u8bfb\u4e66\u3002".repeat(60)),
                        Named.of(
                                "Arabic",
                                "\u0642\u0631\u0623\u062a \u0627\u0644\u0643\u062a\u0627\u0628. \u062b\u0645 \u0646\u0645\u062a\u061f "
                                        .repeat(40)),
                        Named.of(
                                "emoji",
                                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83D\uDE00\uD83D\uDE00! "
                                        .repeat(60)),
                        Named.of("ellipses and \u0130", "He waited\u2026 and \u0130stanbul waited\u2026 ".repeat(40))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    @Timeout(60)
    void aStrangeTextIsReadByTheModelThatShips(String text) {
        assertAllTasksRead(builtIn, text);
    }

    static Stream<Named<String>> longTexts() {
        return Stream.of(
                Named.of("a megabyte without a space", "x".repeat(1 << 20)),
                Named.of("100,000 newlines", "\n".repeat(100_000)),
                Named.of("100,000 newlines and a word", "\n".repeat(50_000) + "word" + "\n".repeat(50_000)),
                Named.of("100,000 full stops", ".".repeat(100_000)));
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    @Timeout(120)
    void aLongStrangeTextIsRead(String text) {
        assertAllTasksRead(tiny, text);
    }

    @Provide
    Arbitrary<String> strangeTexts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(300),
                Arbitraries.of(
                                "The old man said nothing. ",
                                "Yes",
                                "\u201C",
                                "\u2026",
                                "\u0130",
                                "\uD83D\uDE00",
                                "\uD83D",
                                "\uDE00",
                                "\n",
                                "\n\n",
                                "   ",
                                "\0",
                                "Mr. ",
                                "e\u0301",
                                "\u05D0\u05D1.",
                                "\u4E2D\u3002")
                        .list()
                        .ofMaxSize(80)
                        .map(pieces -> String.join("", pieces)));
    }

    @Property(tries = 150)
    void anyTextIsRead(@ForAll("strangeTexts") String text) {
        assertAllTasksRead(tiny, text);
    }

    private static void assertAllTasksRead(MambaModel model, String text) {
        Document document = Document.of("strange", text);
        Query query = model.query("What did the old man say?");
        List<Sink<?>> sinks = List.of(
                new Summarizer(model, WORDS, null).sink(document),
                new Summarizer(model, WORDS, query).sink(document),
                new Retriever(model, List.of(query, model.query("one sentence")), 3).sink(document),
                new Embedder(model, Unit.PASSAGE).sink(document),
                new Embedder(model, Unit.DOCUMENT).sink(document),
                new Perplexity(model).sink(document));
        Outcome<List<Outcome<?>>> all = model.read(
                        List.of(new DocumentReading(model, document, sinks)).iterator())
                .next();
        assertThat(all.error()).isNull();
        assertThat(all.value()).extracting(Outcome::error).containsOnlyNulls();
        long tokens =
                model.tokenizer().count(ReaderText.of(text, model.profile().normalisation()));
        assertIsSummary((Summary) all.value().get(0).value(), text, tokens);
        assertIsSummary((Summary) all.value().get(1).value(), text, tokens);
        assertAreHits((Retrieved) all.value().get(2).value(), text, tokens);
        assertAreVectors((List<?>) all.value().get(3).value(), text);
        assertAreVectors((List<?>) all.value().get(4).value(), text);
        assertThat((List<?>) all.value().get(4).value()).hasSize(text.isBlank() ? 0 : 1);
        assertThat(Double.isNaN((Double) all.value().get(5).value())).isEqualTo(tokens == 0);
    }

    private static void assertIsSummary(Summary summary, String text, long tokens) {
        assertThat(summary.tokensRead()).isEqualTo(tokens);
        assertThat(summary.text().isEmpty()).isEqualTo(text.isBlank());
        assertThat(Words.DEFAULT.count(summary.text(), 0, summary.text().length()))
                .isLessThanOrEqualTo(WORDS);
        summary.sentences().forEach(sentence -> assertCovers(sentence.span(), sentence.text(), text));
    }

    private static void assertAreHits(Retrieved retrieved, String text, long tokens) {
        assertThat(retrieved.tokensRead()).isEqualTo(tokens);
        assertThat(retrieved.hits())
                .hasSize(2)
                .allSatisfy(hits -> assertThat(hits).hasSizeLessThanOrEqualTo(3));
        retrieved.hits().forEach(hits -> hits.forEach(hit -> assertCovers(hit.span(), hit.text(), text)));
    }

    private static void assertAreVectors(List<?> embeddings, String text) {
        for (Object each : embeddings) {
            Embedding embedding = (Embedding) each;
            assertCovers(embedding.span(), embedding.text(), text);
            double squares = 0;
            for (float x : embedding.vector()) {
                squares += (double) x * x;
            }
            assertThat(squares).isBetween(0.999, 1.001);
        }
    }

    /** In UTF-16 indices, and in code points as what leaves through Spark. */
    private static void assertCovers(Span span, String covered, String text) {
        assertThat(text.substring(span.start(), span.end())).isEqualTo(covered);
        int start = text.codePointCount(0, span.start());
        int end = text.codePointCount(0, span.end());
        assertThat(text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)))
                .isEqualTo(covered);
    }
}

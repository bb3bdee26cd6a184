package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.Books;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.ReadingListener;
import io.mambaspark.reading.Sink;
import io.mambaspark.text.Span;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that comes as several texts is read as these texts joined by blank lines. */
class DocumentOfTextsTest {
    private static MambaModel model;
    private static List<String> paragraphs;

    @BeforeAll
    static void load() {
        model = MambaModel.load(
                Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu").withBlockTokens(100));
        paragraphs = Arrays.asList(Books.alice().substring(2_000, 9_000).split("\\R{2,}"));
        assertThat(paragraphs.size()).isGreaterThan(10);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 100_000})
    void givesTheSummaryOfTheJoinedText(int maxWords) {
        Summarizer summarizer = new Summarizer(model, maxWords, null);
        assertThat(text(ofTexts(paragraphs, summarizer.sinkOfTexts()))).isEqualTo(text(ofJoined(summarizer)));
    }

    @Test
    void answersAQueryAsTheJoinedTextDoes() {
        Summarizer summarizer = new Summarizer(model, 40, model.query("Who fell down the well?"));
        assertThat(text(ofTexts(paragraphs, summarizer.sinkOfTexts()))).isEqualTo(text(ofJoined(summarizer)));
    }

    @Test
    void hasThePerplexityOfTheJoinedText() {
        Perplexity perplexity = new Perplexity(model);
        Document joined = joined(paragraphs);
        Double expected = value(new DocumentReading(model, joined, List.of(perplexity.sink(joined))));
        assertThat(ofTexts(paragraphs, perplexity.sink(joined))).isEqualTo(expected);
    }

    @Test
    void textsMayBeEmptyOrNone() {
        Summarizer summarizer = new Summarizer(model, 10, null);
        assertThat(text(ofTexts(List.of(), summarizer.sinkOfTexts()))).isEmpty();
        assertThat(text(ofTexts(List.of("", " ", ""), summarizer.sinkOfTexts())))
                .isEmpty();
        assertThat(text(ofTexts(List.of("", "The cat slept.", ""), summarizer.sinkOfTexts())))
                .isEqualTo("\n\nThe cat slept.\n\n");
    }

    /** Of a text, no more is asked for than a block and the text behind it. */
    @Test
    void textsAreAskedForAsTheyAreRead() {
        int[] taken = {0};
        Iterator<String> endless =
                Collections.nCopies(1_000_000, "The cat slept in the house.").iterator();
        Iterator<String> counted = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return endless.hasNext();
            }

            @Override
            public String next() {
                if (++taken[0] > 100) {
                    throw new IllegalStateException("enough");
                }
                return endless.next();
            }
        };
        int[] blocks = {0};
        Summarizer summarizer = new Summarizer(model, 10, null);
        Outcome<List<Outcome<?>>> outcome = model.read(
                        List.of(DocumentReading.ofTexts(model, "cats", counted, List.of(summarizer.sinkOfTexts())))
                                .iterator())
                .tell(new ReadingListener() {
                    @Override
                    public void read(String id, int tokens) {
                        blocks[0]++;
                    }
                })
                .next();
        assertThat(outcome.error().message()).contains("enough");
        assertThat(blocks[0]).isGreaterThan(4);
    }

    /** Sentences of more than fit the heap come back from the file as they were. */
    @Test
    void sentencesAreKept(@TempDir Path folder) {
        List<String> sentences = IntStream.range(0, 40_000)
                .mapToObj(i -> "Número " + i + " 🐇 of many sentences that go on.")
                .toList();
        try (SentenceTexts texts = SentenceTexts.kept(folder)) {
            for (String sentence : sentences) {
                texts.begin("  " + sentence + "\n");
                texts.add(new Span(2, 2 + sentence.length()));
            }
            assertThat(IntStream.range(0, sentences.size()).mapToObj(texts::text))
                    .containsExactlyElementsOf(sentences);
            texts.clear();
            assertThat(folder).isEmptyDirectory();
            texts.add(new Span(2, 8));
            assertThat(texts.text(0)).isEqualTo("Número");
        }
    }

    private static Document joined(List<String> texts) {
        return Document.of("book", texts.stream().collect(Collectors.joining("\n\n")));
    }

    private static Summary ofJoined(Summarizer summarizer) {
        Document document = joined(paragraphs);
        return value(new DocumentReading(model, document, List.of(summarizer.sink(document))));
    }

    private static <R> R ofTexts(List<String> texts, Sink<R> sink) {
        return value(DocumentReading.ofTexts(model, "book", texts.iterator(), List.of(sink)));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // of its only sink
    private static <R> R value(DocumentReading reading) {
        Outcome<List<Outcome<?>>> outcome =
                model.read(List.of(reading).iterator()).next();
        assertThat(outcome.error()).isNull();
        return (R) outcome.value().get(0).value();
    }

    private static String text(Summary summary) {
        return summary.text();
    }
}

package io.mambaspark.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.Books;
import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReadingTest {
    private static final int BLOCK = 64;
    private static final String CHAPTER = Books.alice().substring(2_000, 8_000);

    @TempDir
    private Path folder;

    private MambaModel model;

    @BeforeEach
    void load() throws IOException {
        model = TinyReader.load(folder, OptionalInt.of(3), BLOCK);
    }

    @AfterEach
    void close() {
        model.close();
    }

    /** Writes down all that it hears. */
    private static class Diary implements Sink<String> {
        private final boolean sentences;
        private final boolean passages;
        private final boolean logProbabilities;
        private final StringBuilder heard = new StringBuilder();
        private double logProbability;
        int closed;

        Diary(boolean sentences, boolean passages, boolean logProbabilities) {
            this.sentences = sentences;
            this.passages = passages;
            this.logProbabilities = logProbabilities;
        }

        static Diary ofAll() {
            return new Diary(true, true, true);
        }

        @Override
        public boolean wantsSentences() {
            return sentences;
        }

        @Override
        public boolean wantsPassages() {
            return passages;
        }

        @Override
        public boolean wantsLogProbabilities() {
            return logProbabilities;
        }

        @Override
        public void sentence(Sentence sentence, int tokens, float[] vector) {
            note(sentence, tokens, vector);
        }

        @Override
        public void passage(Span span, int tokens, float[] vector) {
            note(span, tokens, vector);
        }

        @Override
        public void logProbability(float next) {
            logProbability += next;
        }

        private void note(Object what, long tokens, float[] vector) {
            heard.append("%s of %d tokens: %08x%n".formatted(what, tokens, Arrays.hashCode(vector)));
        }

        @Override
        public String finish(DocumentEnd end) {
            note("all", end.tokensRead(), end.tokensRead() == 0 ? new float[0] : end.vector());
            return heard.append(logProbability).toString();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** Fails where it is told to. */
    private static final class Failing extends Diary {
        private final int atSentence;
        private int sentences;

        Failing(int atSentence) {
            super(true, false, false);
            this.atSentence = atSentence;
        }

        @Override
        public void sentence(Sentence sentence, int tokens, float[] vector) {
            if (++sentences == atSentence) {
                throw new MambaException(errorAt(sentences), null);
            }
        }
    }

    private static Document chapter() {
        return Document.of("chapter", CHAPTER);
    }

    private List<Outcome<?>> together(Sink<?>... sinks) {
        DocumentReading reading = new DocumentReading(model, chapter(), List.of(sinks));
        Outcomes<List<Outcome<?>>> outcomes = model.read(List.of(reading).iterator());
        Outcome<List<Outcome<?>>> only = outcomes.next();
        assertThat(outcomes.hasNext()).isFalse();
        assertThat(only.error()).isNull();
        return only.value();
    }

    private String alone(Diary sink) {
        return model.read(List.of(chapter()).iterator(), document -> sink)
                .next()
                .value();
    }

    @Test
    void oneReadingGivesEachSinkWhatAReadingOfItsOwnGives() {
        Diary[] sinks = {
            new Diary(true, false, false),
            new Diary(false, true, false),
            new Diary(false, false, true),
            new Diary(false, false, false)
        };
        assertThat(together(sinks))
                .extracting(outcome -> (Object) outcome.value())
                .containsExactly(
                        alone(new Diary(true, false, false)),
                        alone(new Diary(false, true, false)),
                        alone(new Diary(false, false, true)),
                        alone(new Diary(false, false, false)));
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.closed).isEqualTo(1));
    }

    private static MambaError errorAt(int sentence) {
        return MambaError.of("MAMBA_NOT_A_NUMBER", Map.of("what", "sentence " + sentence));
    }

    @Test
    void aSinkThatFailsLeavesTheOthersAlone() {
        Failing failing = new Failing(3);
        Diary sound = Diary.ofAll();
        List<Outcome<?>> outcomes = together(failing, sound);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome<>("chapter", null, errorAt(3)));
        assertThat(outcomes.get(1).value()).isEqualTo(alone(Diary.ofAll()));
        assertThat(failing.sentences).isEqualTo(3);
        assertThat(failing.closed).isEqualTo(1);
        assertThat(sound.closed).isEqualTo(1);
    }

    @Test
    void nobodyReadsOnWhenAllSinksHaveFailed() {
        List<Integer> blocks = new ArrayList<>();
        Outcomes<String> outcomes = model.read(List.of(chapter()).iterator(), document -> new Failing(1))
                .tell((id, tokens) -> blocks.add(tokens));
        assertThat(outcomes.next().error()).isEqualTo(errorAt(1));
        assertThat(blocks).hasSizeLessThan(CHAPTER.length() / BLOCK / 2);
    }

    @Test
    void aFailingDocumentAmongPackedOnesFailsAloneAndInItsPlace() {
        List<Document> documents = List.of(
                Document.of("first", "One is short."),
                new Document("bad", "Whose sentences are wrong.", Collections.singletonList(null)),
                Document.of("second", "Two is short as well."),
                chapter());
        List<Outcome<String>> outcomes = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        model.read(documents.iterator(), document -> Diary.ofAll())
                .tell(new ReadingListener() {
                    @Override
                    public void read(String id, int tokens) {}

                    @Override
                    public void ended(String id) {
                        ended.add(id);
                    }
                })
                .forEachRemaining(outcomes::add);
        assertThat(outcomes).extracting(Outcome::id).containsExactly("first", "bad", "second", "chapter");
        assertThat(outcomes.get(1).error().condition()).isEqualTo("MAMBA_READING_FAILED");
        assertThat(outcomes).filteredOn(outcome -> outcome.error() == null).hasSize(3);
        assertThat(outcomes.get(3).value()).isEqualTo(alone(Diary.ofAll()));
        assertThat(ended).containsExactly("first", "bad", "second", "chapter");
    }

    @Test
    void tellsTheTokensOfEachBlockWhileABookIsRead() {
        List<Integer> blocks = new ArrayList<>();
        Outcomes<String> outcomes = model.read(List.of(chapter()).iterator(), document -> Diary.ofAll())
                .tell((id, tokens) -> blocks.add(tokens));
        outcomes.next();
        int tokens = model.tokenizer().encode(CHAPTER).length;
        // The marker takes a place, and is not of the text.
        assertThat(blocks).hasSize((tokens + 1 + BLOCK - 1) / BLOCK).startsWith(BLOCK - 1, BLOCK);
        assertThat(blocks.stream().mapToInt(i -> i).sum()).isEqualTo(tokens);
    }

    @Test
    void anInterruptedThreadStopsAtTheNextBlock() {
        Diary diary = Diary.ofAll();
        List<Integer> blocks = new ArrayList<>();
        Outcomes<String> outcomes = model.read(List.of(chapter()).iterator(), document -> diary)
                .tell((id, tokens) -> {
                    blocks.add(tokens);
                    if (blocks.size() == 3) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThatThrownBy(outcomes::hasNext)
                .isInstanceOf(ReadingInterruptedException.class)
                .hasMessageStartingWith("[MAMBA_READING_INTERRUPTED]");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(blocks).hasSize(3);
        assertThat(diary.closed).isEqualTo(1);
        assertThat(outcomes.hasNext()).isFalse();
    }

    @Test
    void closingMidwayClosesTheSinksAndAsksForNoMoreDocuments() {
        List<Diary> diaries = new ArrayList<>();
        List<Document> documents = List.of(Document.of("short", "A short one."), chapter(), chapter());
        Iterator<Document> source = documents.iterator();
        Outcomes<String> outcomes = model.read(source, document -> {
            diaries.add(Diary.ofAll());
            return diaries.get(diaries.size() - 1);
        });
        assertThat(outcomes.next().id()).isEqualTo("short");
        outcomes.close();
        assertThat(outcomes.hasNext()).isFalse();
        assertThat(diaries)
                .hasSize(2)
                .allSatisfy(diary -> assertThat(diary.closed).isEqualTo(1));
        assertThat(source.hasNext()).isTrue();
    }

    @Test
    void partsComeWhileTheDocumentIsRead() {
        List<String> ended = new ArrayList<>();
        Outcomes<List<Span>> outcomes = model.readInParts(List.of(chapter()).iterator(), document -> new SpanSink());
        outcomes.tell(new ReadingListener() {
            @Override
            public void read(String id, int tokens) {}

            @Override
            public void ended(String id) {
                ended.add(id);
            }
        });
        List<Span> inParts = new ArrayList<>(outcomes.next().value());
        assertThat(inParts).isNotEmpty();
        assertThat(ended).isEmpty();
        outcomes.forEachRemaining(outcome -> inParts.addAll(outcome.value()));
        assertThat(inParts)
                .isEqualTo(model.read(List.of(chapter()).iterator(), document -> new SpanSink())
                        .next()
                        .value());
        assertThat(inParts).hasSizeGreaterThan(10);
    }

    private static final class SpanSink implements Sink<List<Span>> {
        private List<Span> found = new ArrayList<>();

        @Override
        public boolean wantsPassages() {
            return true;
        }

        @Override
        public void passage(Span span, int tokens, float[] vector) {
            found.add(span);
        }

        @Override
        public List<Span> part() {
            List<Span> part = found;
            found = new ArrayList<>();
            return part.isEmpty() ? null : part;
        }

        @Override
        public List<Span> finish(DocumentEnd end) {
            return found;
        }
    }

    @Test
    void manyDocumentsWithoutATokenComeBackInOrder() throws IOException {
        List<Document> documents = IntStream.range(0, 3 * BLOCK)
                .mapToObj(i -> Document.of(Integer.toString(i), i % 7 == 0 ? "x" : ""))
                .toList();
        List<String> ids = new ArrayList<>();
        try (MambaModel plain = TinyReader.load(folder, OptionalInt.empty(), BLOCK)) {
            plain.read(documents.iterator(), document -> Diary.ofAll()).forEachRemaining(outcome -> {
                assertThat(outcome.error()).isNull();
                ids.add(outcome.id());
            });
        }
        assertThat(ids).isEqualTo(documents.stream().map(Document::id).toList());
    }

    @Test
    void aDocumentWithoutATokenHasNoVector() throws IOException {
        try (MambaModel plain = TinyReader.load(folder, OptionalInt.empty(), BLOCK)) {
            Outcome<float[]> outcome = plain.<float[]>read(
                            List.of(Document.of("empty", "")).iterator(), document -> DocumentEnd::vector)
                    .next();
            assertThat(outcome.error().message()).startsWith("[MAMBA_NOT_A_NUMBER] A number of the text's vector");
        }
    }
}

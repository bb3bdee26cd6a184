package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Sink;
import io.mambaspark.text.Sentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with the document: a book as one document, and the same book many times over as one document, are
 * summarized in a JVM with 1 GB each; the live heap without the text is the same but for what a sentence may take.
 *
 * <p>{@code mvn -Pslow -pl mamba-runtime -Dtest=WholeBookMemoryTest -Dmamba.book=war-and-peace.txt test}; without a book
 * the example books three times over are the book. {@code -Dmamba.book.times} is how often it is repeated (10), {@code
 * -Dmamba.model} the folder of another checkpoint than the built-in one.
 */
@Tag("slow")
class WholeBookMemoryTest {
    private static final long TOKENS_BETWEEN_SAMPLES = 200_000;
    private static final long SENTENCES_IN_HEAP = 16_384;
    private static final double SHARE = 0.10;
    private static final long BYTES_A_SENTENCE = 8;

    @TempDir
    private Path folder;

    /** What lives after a forced collection, without the text. */
    private record Sample(long tokens, long sentences, long bytes) {
        static Sample parse(String line) {
            String[] numbers = line.split(" ");
            return new Sample(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
        }
    }

    @Test
    void aBookTakesAsMuchMemoryAsManyTimesTheBook() throws Exception {
        Path book = book();
        Sample once = largest(read(book, 1));
        assertThat(once.sentences())
                .as("sentences of a book that fills what a store keeps in the heap")
                .isGreaterThan(SENTENCES_IN_HEAP);
        Sample often = largest(read(book, Integer.getInteger("mamba.book.times", 10)));
        assertThat(often.tokens()).isGreaterThan(once.tokens());
        double allowed = once.bytes() * (1 + SHARE) + BYTES_A_SENTENCE * (often.sentences() - once.sentences());
        assertThat((double) often.bytes()).isLessThanOrEqualTo(allowed);
    }

    private Path book() throws IOException {
        String named = System.getProperty("mamba.book");
        if (named != null) {
            return Path.of(named);
        }
        try (Stream<Path> files = Files.list(Path.of("../examples/books"))) {
            StringBuilder shelf = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                shelf.append(Files.readString(file)).append("\n\n");
            }
            return Files.writeString(
                    folder.resolve("books.txt"), shelf.toString().repeat(3));
        }
    }

    private static Sample largest(List<Sample> samples) {
        return samples.stream().max(Comparator.comparingLong(Sample::bytes)).orElseThrow();
    }

    private List<Sample> read(Path book, int times) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC", // what it calls used after a collection is what lives
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        book.toString(),
                        Integer.toString(times),
                        folder.toString(),
                        System.getProperty("mamba.model", ""))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Sample> samples = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Sample sample = Sample.parse(line);
                samples.add(sample);
                System.out.printf(
                        "%d x %s: after %,d tokens and %,d sentences %,d bytes live without the text%n",
                        times, book.getFileName(), sample.tokens(), sample.sentences(), sample.bytes());
            }
        }
        assertThat(child.waitFor()).isZero();
        return samples;
    }

    /** Summarizes a book, and prints a {@link Sample} a line. */
    static final class Child {
        private final String text;
        private final CountingSink sentences = new CountingSink();
        private long tokens;
        private long nextSample = TOKENS_BETWEEN_SAMPLES;

        private Child(String text) {
            this.text = text;
        }

        public static void main(String[] args) throws IOException {
            String book = Files.readString(Path.of(args[0]));
            Checkpoint checkpoint = args[3].isEmpty() ? Checkpoint.builtIn() : Checkpoint.open(Path.of(args[3]));
            new Child((book + "\n\n").repeat(Integer.parseInt(args[1]))).read(checkpoint, Path.of(args[2]));
        }

        private void read(Checkpoint checkpoint, Path scratch) {
            int threads = Runtime.getRuntime().availableProcessors();
            EngineOptions options = EngineOptions.defaults().withDevice("cpu").withThreads(threads);
            try (MambaModel model = MambaModel.load(checkpoint, options, scratch)) {
                Document document = Document.of("book", text);
                List<Sink<?>> sinks = List.of(new Summarizer(model, 300, null).sink(document), sentences);
                Outcomes<List<Outcome<?>>> outcomes = model.read(List.of(new DocumentReading(model, document, sinks))
                                .iterator())
                        .tell((id, read) -> count(read));
                outcomes.next().value().forEach(outcome -> {
                    if (outcome.error() != null) {
                        throw new IllegalStateException(outcome.error().message());
                    }
                });
            }
        }

        private void count(int read) {
            tokens += read;
            if (tokens >= nextSample) {
                nextSample += TOKENS_BETWEEN_SAMPLES;
                System.gc();
                long live =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.println(tokens + " " + sentences.count + " " + (live - bytes(text)));
            }
        }

        /** A string is kept in one byte a character if all are Latin-1, in two otherwise. */
        private static long bytes(String text) {
            return text.chars().allMatch(c -> c < 256) ? text.length() : 2L * text.length();
        }
    }

    private static final class CountingSink implements Sink<Long> {
        private long count;

        @Override
        public boolean wantsSentences() {
            return true;
        }

        @Override
        public void sentence(Sentence sentence, int tokens, float[] vector) {
            count++;
        }

        @Override
        public Long finish(DocumentEnd end) {
            return count;
        }
    }
}

package io.mambaspark.task;

import io.mambaspark.text.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the sentences of a document say, by their number, until the document is read. For one thread. */
abstract class SentenceTexts implements AutoCloseable {
    /** What comes is of this text. */
    abstract void begin(String text);

    /** Takes the next sentence. */
    abstract void add(Span span);

    abstract String text(int sentence);

    /** Forgets all sentences. */
    abstract void clear();

    @Override
    public void close() {}

    /** Of a document that is one text, which is there anyway: nothing is kept. */
    static SentenceTexts ofText(Spans spans) {
        return new OfText(spans);
    }

    /**
     * Of a document that comes as several texts: a long one keeps its sentences in a file, which is deleted when this is
     * closed, and 8 bytes a sentence in the heap.
     */
    static SentenceTexts kept(Path folder) {
        return new Kept(folder);
    }

    /** Where the sentences are. */
    interface Spans {
        Span span(int sentence);
    }

    private static final class OfText extends SentenceTexts {
        private final Spans spans;
        private String text = "";

        private OfText(Spans spans) {
            this.spans = spans;
        }

        @Override
        void begin(String newText) {
            text = newText;
        }

        @Override
        void add(Span span) {}

        @Override
        String text(int sentence) {
            return spans.span(sentence).of(text);
        }

        @Override
        void clear() {}
    }

    private static final class Kept extends SentenceTexts {
        private static final int CHUNK = 1024;
        private static final int BYTES_IN_HEAP = 1 << 20;

        private final Path folder;
        private final List<long[]> ends = new ArrayList<>();
        private int size;
        private String text = "";
        /** What is not in the file yet, {@code recent[0, recentSize)}; it begins with a sentence. */
        private byte[] recent = new byte[1024];

        private int recentSize;
        private long inFile;
        private FileChannel file;

        private Kept(Path folder) {
            this.folder = folder;
        }

        @Override
        void begin(String newText) {
            text = newText;
        }

        @Override
        void add(Span span) {
            byte[] bytes = span.of(text).getBytes(StandardCharsets.UTF_8);
            if (recentSize + bytes.length > BYTES_IN_HEAP) {
                flush();
            }
            if (recentSize + bytes.length > recent.length) {
                recent = Arrays.copyOf(recent, Math.max(2 * recent.length, recentSize + bytes.length));
            }
            System.arraycopy(bytes, 0, recent, recentSize, bytes.length);
            recentSize += bytes.length;
            if (size % CHUNK == 0) {
                ends.add(new long[CHUNK]);
            }
            ends.get(size / CHUNK)[size % CHUNK] = inFile + recentSize;
            size++;
        }

        private void flush() {
            try {
                if (file == null) {
                    file = FileChannel.open(
                            Files.createTempFile(folder, "mamba-sentences-", ".utf8"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
                }
                ByteBuffer bytes = ByteBuffer.wrap(recent, 0, recentSize);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw failed("Cannot keep sentences in " + folder, e);
            }
            inFile += recentSize;
            recentSize = 0;
        }

        @Override
        String text(int sentence) {
            long start = sentence == 0 ? 0 : end(sentence - 1);
            int length = (int) (end(sentence) - start);
            if (start >= inFile) {
                return new String(recent, (int) (start - inFile), length, StandardCharsets.UTF_8);
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, start + bytes.position()) < 0) {
                        throw new IOException("the file ends at " + (start + bytes.position()));
                    }
                }
            } catch (IOException e) {
                throw failed("Cannot read sentences back from " + folder, e);
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }

        private long end(int sentence) {
            return ends.get(sentence / CHUNK)[sentence % CHUNK];
        }

        @Override
        void clear() {
            close();
            ends.clear();
            size = 0;
            recentSize = 0;
            inFile = 0;
        }

        @Override
        public void close() {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw failed("Cannot delete the sentences in " + folder, e);
                } finally {
                    file = null;
                }
            }
        }

        private static UncheckedIOException failed(String what, IOException e) {
            return new UncheckedIOException(
                    "[MAMBA_SENTENCE_STORE] " + what + ": " + e
                            + ". Make room there, or name another folder when the model is loaded.",
                    e);
        }
    }
}

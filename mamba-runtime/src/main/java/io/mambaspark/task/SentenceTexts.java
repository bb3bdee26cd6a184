package io.mambaspark.task;

import io.mambaspark.error.MambaException;
import io.mambaspark.text.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
     * closed, and 8 bytes for each {@value Kept#BETWEEN_PLACES} sentences in the heap.
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
        private static final int BETWEEN_PLACES = 64;
        private static final int BYTES_IN_HEAP = 1 << 20;

        private final Path folder;
        /** Where every {@value #BETWEEN_PLACES}th sentence stands; each has its length before it. */
        private final List<Long> places = new ArrayList<>();

        private int size;
        private String text = "";
        /** What is not in the file yet; it begins with a sentence. */
        private ByteBuffer recent = ByteBuffer.allocate(1024);

        private long inFile;
        private FileChannel file;
        /** The sentence that was asked for last, and where the next one stands: they are often asked for in order. */
        private int lastAsked = -1;

        private long behindLastAsked;

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
            int needed = recent.position() + Integer.BYTES + bytes.length;
            if (needed > BYTES_IN_HEAP) {
                flush();
                needed = Integer.BYTES + bytes.length;
            }
            if (needed > recent.capacity()) {
                recent = ByteBuffer.allocate(Math.max(2 * recent.capacity(), needed))
                        .put(recent.flip());
            }
            if (size % BETWEEN_PLACES == 0) {
                places.add(inFile + recent.position());
            }
            recent.putInt(bytes.length).put(bytes);
            size++;
        }

        private void flush() {
            recent.flip();
            try {
                if (file == null) {
                    file = FileChannel.open(
                            Files.createTempFile(folder, "mamba-sentences-", ".utf8"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
                }
                inFile += recent.remaining();
                while (recent.hasRemaining()) {
                    file.write(recent);
                }
            } catch (IOException e) {
                throw failed("Cannot keep sentences in " + folder, e);
            }
            recent.clear();
        }

        @Override
        String text(int sentence) {
            long place = place(sentence);
            byte[] bytes = bytes(place + Integer.BYTES, length(place));
            lastAsked = sentence;
            behindLastAsked = place + Integer.BYTES + bytes.length;
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private long place(int sentence) {
            if (sentence == lastAsked + 1 && lastAsked >= 0) {
                return behindLastAsked;
            }
            long place = places.get(sentence / BETWEEN_PLACES);
            for (int before = sentence % BETWEEN_PLACES; before > 0; before--) {
                place += Integer.BYTES + length(place);
            }
            return place;
        }

        private int length(long place) {
            return ByteBuffer.wrap(bytes(place, Integer.BYTES)).getInt();
        }

        private byte[] bytes(long place, int length) {
            byte[] bytes = new byte[length];
            if (place >= inFile) {
                recent.duplicate().position((int) (place - inFile)).get(bytes);
                return bytes;
            }
            ByteBuffer into = ByteBuffer.wrap(bytes);
            try {
                while (into.hasRemaining()) {
                    if (file.read(into, place + into.position()) < 0) {
                        throw new IOException("the file ends at " + (place + into.position()));
                    }
                }
            } catch (IOException e) {
                throw failed("Cannot read sentences back from " + folder, e);
            }
            return bytes;
        }

        @Override
        void clear() {
            close();
            places.clear();
            size = 0;
            recent.clear();
            inFile = 0;
            lastAsked = -1;
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

        private static MambaException failed(String what, IOException e) {
            return MambaException.of("MAMBA_SENTENCE_STORE", Map.of("problem", what, "cause", e.toString()), e);
        }
    }
}

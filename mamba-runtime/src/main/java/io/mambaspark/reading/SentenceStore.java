package io.mambaspark.reading;

import io.mambaspark.text.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task keeps of each sentence until the document is read: span, tokens, words and a score in the heap, 20 bytes a
 * sentence; and, if asked, its vector: the first {@value #VECTORS_IN_HEAP} in the heap, the others in a file that is deleted
 * when the store is closed. For one thread.
 */
public final class SentenceStore implements AutoCloseable {
    static final int VECTORS_IN_HEAP = 16_384;
    private static final int CHUNK = 1024;

    private final int dimension;
    private final Path folder;
    private final List<int[]> numbers = new ArrayList<>();
    private final List<float[]> scores = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private int size;
    private FileChannel file;
    private ByteBuffer bytes;

    /**
     * An empty store.
     *
     * @param dimension of the vectors; 0 to keep none
     * @param folder    where the file of vectors is made, if it is needed
     */
    public SentenceStore(int dimension, Path folder) {
        this.dimension = dimension;
        this.folder = folder;
    }

    /** Takes a sentence; {@code vector} is copied, and ignored by a store without vectors. */
    public void add(Span span, int tokens, int words, float score, float[] vector) {
        if (size % CHUNK == 0) {
            numbers.add(new int[4 * CHUNK]);
            scores.add(new float[CHUNK]);
        }
        int[] chunk = numbers.get(size / CHUNK);
        int at = size % CHUNK * 4;
        chunk[at] = span.start();
        chunk[at + 1] = span.end();
        chunk[at + 2] = tokens;
        chunk[at + 3] = words;
        scores.get(size / CHUNK)[size % CHUNK] = score;
        if (dimension > 0) {
            keep(vector);
        }
        size++;
    }

    private void keep(float[] vector) {
        if (size < VECTORS_IN_HEAP) {
            if (size % CHUNK == 0) {
                vectors.add(new float[CHUNK * dimension]);
            }
            System.arraycopy(vector, 0, vectors.get(size / CHUNK), size % CHUNK * dimension, dimension);
            return;
        }
        try {
            if (file == null) {
                Path path = Files.createTempFile(folder, "mamba-sentences-", ".f32");
                file = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                bytes = ByteBuffer.allocateDirect(CHUNK * dimension * Float.BYTES);
            }
            bytes.asFloatBuffer().put(vector, 0, dimension);
            bytes.position(bytes.position() + dimension * Float.BYTES);
            if (!bytes.hasRemaining()) {
                flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[MAMBA_SENTENCE_STORE] Cannot keep sentence vectors in " + folder + ": " + e
                            + ". Make room there, or name another folder when the model is loaded.",
                    e);
        }
    }

    private void flush() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        bytes.clear();
    }

    /** Forgets all sentences. */
    public void clear() {
        close();
        size = 0;
        numbers.clear();
        scores.clear();
        vectors.clear();
    }

    /** How many sentences there are. */
    public int size() {
        return size;
    }

    /** The span of sentence {@code i}. */
    public Span span(int i) {
        int[] chunk = numbers.get(i / CHUNK);
        return new Span(chunk[i % CHUNK * 4], chunk[i % CHUNK * 4 + 1]);
    }

    /** The tokens of sentence {@code i}. */
    public int tokens(int i) {
        return numbers.get(i / CHUNK)[i % CHUNK * 4 + 2];
    }

    /** The words of sentence {@code i}. */
    public int words(int i) {
        return numbers.get(i / CHUNK)[i % CHUNK * 4 + 3];
    }

    /** The score of sentence {@code i}. */
    public float score(int i) {
        return scores.get(i / CHUNK)[i % CHUNK];
    }

    /** Gives sentence {@code i} another score. */
    public void score(int i, float score) {
        scores.get(i / CHUNK)[i % CHUNK] = score;
    }

    /** Takes vectors in order. */
    public interface VectorTaker {
        /** The vector of sentence {@code i} is {@code vectors[at, at + dimension)}, until this returns. */
        void vector(int i, float[] vectors, int at);
    }

    /** Goes through all vectors in the order of the sentences; may be called again. */
    public void forEachVector(VectorTaker taker) {
        for (int i = 0; i < Math.min(size, VECTORS_IN_HEAP); i++) {
            taker.vector(i, vectors.get(i / CHUNK), i % CHUNK * dimension);
        }
        if (file == null) {
            return;
        }
        try {
            fromFile(taker);
        } catch (IOException e) {
            throw new UncheckedIOException("[MAMBA_SENTENCE_STORE] cannot read sentence vectors back", e);
        }
    }

    private void fromFile(VectorTaker taker) throws IOException {
        flush();
        float[] chunk = new float[CHUNK * dimension];
        long position = 0;
        for (int i = VECTORS_IN_HEAP; i < size; i += CHUNK) {
            int count = Math.min(CHUNK, size - i);
            bytes.clear().limit(count * dimension * Float.BYTES);
            while (bytes.hasRemaining()) {
                int read = file.read(bytes, position);
                if (read < 0) {
                    throw new IOException("the file ends at " + position);
                }
                position += read;
            }
            FloatBuffer floats = bytes.flip().asFloatBuffer();
            floats.get(chunk, 0, count * dimension);
            for (int k = 0; k < count; k++) {
                taker.vector(i + k, chunk, k * dimension);
            }
        }
        bytes.clear();
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("[MAMBA_SENTENCE_STORE] cannot delete the sentence vectors", e);
            } finally {
                file = null;
            }
        }
    }
}

package io.mambaspark.reading;

import io.mambaspark.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task keeps of each sentence until the document is read: its span, tokens, words, form, a score; and, if asked, its vector
 * and what else the task computed from it. The first {@value #IN_HEAP} sentences are in the heap. Of each further one the
 * heap has the score, 4 bytes; the rest is in a {@link SentenceFile}, where a vector takes a byte a component, and is gone
 * when the store is closed. For one thread.
 */
public final class SentenceStore implements AutoCloseable {
    static final int IN_HEAP = 16_384;
    private static final int CHUNK = 1024;

    private final int dimension;
    private final int features;
    private final Path folder;
    private final List<float[]> scores = new ArrayList<>();
    private final List<Chunk> inHeap = new ArrayList<>();
    private int size;
    /** Null until the heap's share is full. */
    private SentenceFile file;

    /**
     * The numbers of a sentence.
     *
     * @param form bits that the task gave it
     */
    public record Numbers(Span span, int tokens, int words, int form) {
        static final int COUNT = 5;
    }

    /** {@value #CHUNK} sentences: {@value Numbers#COUNT} numbers each, their vectors and features. */
    private record Chunk(int[] numbers, float[] vectors, float[] features) {}

    /**
     * An empty store.
     *
     * @param dimension of the vectors; 0 to keep none
     * @param features  how many numbers of the task's own are kept beside a vector
     * @param folder    where the file is made, if it is needed
     */
    public SentenceStore(int dimension, int features, Path folder) {
        this.dimension = dimension;
        this.features = features;
        this.folder = folder;
    }

    /** Takes a sentence; the arrays are copied, and ignored by a store without vectors or features. */
    public void add(Numbers numbers, float score, float[] vector, float[] ofTask) {
        if (size % CHUNK == 0) {
            scores.add(new float[CHUNK]);
        }
        scores.get(size / CHUNK)[size % CHUNK] = score;
        if (size < IN_HEAP) {
            keep(numbers, vector, ofTask);
        } else {
            if (file == null) {
                file = new SentenceFile(folder, meanDirection(), features);
            }
            file.add(numbers, vector, ofTask);
        }
        size++;
    }

    private void keep(Numbers numbers, float[] vector, float[] ofTask) {
        int place = size % CHUNK;
        if (place == 0) {
            inHeap.add(new Chunk(
                    new int[Numbers.COUNT * CHUNK], new float[CHUNK * dimension], new float[CHUNK * features]));
        }
        Chunk chunk = inHeap.get(size / CHUNK);
        int at = Numbers.COUNT * place;
        chunk.numbers()[at] = numbers.span().start();
        chunk.numbers()[at + 1] = numbers.span().end();
        chunk.numbers()[at + 2] = numbers.tokens();
        chunk.numbers()[at + 3] = numbers.words();
        chunk.numbers()[at + 4] = numbers.form();
        if (dimension > 0) {
            System.arraycopy(vector, 0, chunk.vectors(), place * dimension, dimension);
        }
        if (features > 0) {
            System.arraycopy(ofTask, 0, chunk.features(), place * features, features);
        }
    }

    /** Of the sentences in the heap: where cosines of those in the file will be asked for, nearly. */
    private float[] meanDirection() {
        double[] sum = new double[dimension];
        for (Chunk chunk : inHeap) {
            for (int i = 0; i < chunk.vectors().length; i++) {
                sum[i % dimension] += chunk.vectors()[i];
            }
        }
        float[] direction = new float[dimension];
        for (int k = 0; k < dimension; k++) {
            direction[k] = (float) (sum[k] / IN_HEAP);
        }
        Vectors.normalise(direction);
        return direction;
    }

    /** Forgets all sentences. */
    public void clear() {
        close();
        size = 0;
        scores.clear();
        inHeap.clear();
    }

    /** How many sentences there are. */
    public int size() {
        return size;
    }

    /** The numbers of sentence {@code i}; not to be called within {@link #forEach}. */
    public Numbers numbers(int i) {
        return i < IN_HEAP ? inHeap(i) : file.numbers(i - IN_HEAP);
    }

    private Numbers inHeap(int i) {
        int[] numbers = inHeap.get(i / CHUNK).numbers();
        int at = i % CHUNK * Numbers.COUNT;
        return new Numbers(new Span(numbers[at], numbers[at + 1]), numbers[at + 2], numbers[at + 3], numbers[at + 4]);
    }

    /** The score of sentence {@code i}. */
    public float score(int i) {
        return scores.get(i / CHUNK)[i % CHUNK];
    }

    /** Gives sentence {@code i} another score. */
    public void score(int i, float score) {
        scores.get(i / CHUNK)[i % CHUNK] = score;
    }

    /** Takes sentences in order. */
    public interface Taker {
        /**
         * Sentence {@code i}.
         *
         * @param cosine   of its vector and the direction that was asked for
         * @param features holds its features from {@code at} on, until this returns
         */
        void sentence(int i, Numbers numbers, float cosine, float[] features, int at);
    }

    /**
     * Goes through all sentences in order; may be called again.
     *
     * @param direction of unit length, {@code [dimension]}. Cosines to it are exact to a float's rounding in the heap; in the
     *                  file to about 1e-3 times the part of the direction that is at right angles to the mean of the first
     *                  {@value #IN_HEAP} sentences
     */
    public void forEach(float[] direction, Taker taker) {
        for (int i = 0; i < Math.min(size, IN_HEAP); i++) {
            Chunk chunk = inHeap.get(i / CHUNK);
            float cosine = Vectors.dot(direction, chunk.vectors(), i % CHUNK * dimension);
            taker.sentence(i, inHeap(i), cosine, chunk.features(), i % CHUNK * features);
        }
        if (file != null) {
            file.forEach(
                    direction,
                    (i, numbers, cosine, ofTask, at) -> taker.sentence(IN_HEAP + i, numbers, cosine, ofTask, at));
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } finally {
                file = null;
            }
        }
    }
}

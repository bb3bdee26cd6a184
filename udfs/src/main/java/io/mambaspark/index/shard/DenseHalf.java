package io.mambaspark.index.shard;

import io.mambaspark.reading.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;

/**
 * By the cosine of the vectors. The graph, over vectors of one byte a number, only says which passages to look at: all scores
 * are cosines of the float vectors.
 */
final class DenseHalf implements Half {
    /** Where fewer pass the filter, the graph leads past most of them. */
    private static final double SCANNED_SHARE = 0.05;
    /** Up to so many times the passages that are asked for, a scan is the shorter way. */
    private static final int SCANNED_TIMES = 10;

    private final LeafReader reader;
    private final float[] query;
    private final boolean exact;

    /**
     * A half.
     *
     * @param exact whether the graph is never used
     */
    DenseHalf(LeafReader reader, float[] query, boolean exact) {
        this.reader = reader;
        this.query = query;
        this.exact = exact;
    }

    @Override
    public Best best(int count, Selection among) {
        try {
            return scans(count, among) ? scan(count, among) : graph(count, among);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Best bestOfDocuments(int count, Selection among) {
        try {
            for (int looked = count; !scans(looked, among); looked *= 2) {
                Best found = firstOfDocuments(graph(looked, among), count);
                if (found.size() == count) {
                    return found;
                }
            }
            DocumentRuns runs = new DocumentRuns(new DocumentNumbers(reader), count);
            scan(among, runs::add);
            return runs.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public float[] scores(int[] ordinals) {
        try {
            FloatVectorValues vectors = vectors();
            float[] scores = new float[ordinals.length];
            for (int i = 0; i < ordinals.length; i++) {
                scores[i] = cosine(vectors, ordinals[i]);
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean scans(int count, Selection among) {
        return exact
                || among.passages() <= SCANNED_SHARE * reader.maxDoc()
                || among.passages() <= (long) SCANNED_TIMES * count;
    }

    /** Takes passages in the order of their ordinals. */
    @FunctionalInterface
    private interface Taker {
        void take(int ordinal, float cosine) throws IOException;
    }

    private Best scan(int count, Selection among) throws IOException {
        TopKnnCollector best = new TopKnnCollector(count, Integer.MAX_VALUE);
        scan(among, best::collect);
        return Best.of(best.topDocs().scoreDocs);
    }

    private void scan(Selection among, Taker taker) throws IOException {
        FloatVectorValues vectors = vectors();
        int limit = reader.maxDoc();
        for (int i = among.next(0, limit); i < limit; i = among.next(i + 1, limit)) {
            taker.take(i, cosine(vectors, i));
        }
    }

    private Best graph(int count, Selection among) throws IOException {
        TopKnnCollector near = new TopKnnCollector(count, Integer.MAX_VALUE);
        reader.searchNearestVectors(ShardFields.VECTOR, query, near, among.bits());
        int[] ordinals = Arrays.stream(near.topDocs().scoreDocs)
                .mapToInt(hit -> hit.doc)
                .sorted()
                .toArray();
        float[] cosines = scores(ordinals);
        TopKnnCollector best = new TopKnnCollector(count, Integer.MAX_VALUE);
        for (int i = 0; i < ordinals.length; i++) {
            best.collect(ordinals[i], cosines[i]);
        }
        return Best.of(best.topDocs().scoreDocs);
    }

    private Best firstOfDocuments(Best found, int count) throws IOException {
        int[] documents = documents(found.ordinals());
        Set<Integer> seen = new HashSet<>();
        ScoreDoc[] first = new ScoreDoc[found.size()];
        int documentsFound = 0;
        for (int i = 0; i < found.size() && documentsFound < count; i++) {
            if (seen.add(documents[i])) {
                first[documentsFound++] = new ScoreDoc(found.ordinals()[i], found.scores()[i]);
            }
        }
        return Best.of(Arrays.copyOf(first, documentsFound));
    }

    /** The documents of passages in any order. */
    private int[] documents(int[] ordinals) throws IOException {
        DocumentNumbers numbers = new DocumentNumbers(reader);
        int[] rising = ordinals.clone();
        Arrays.sort(rising);
        int[] documents = new int[ordinals.length];
        for (int i = 0; i < rising.length; i++) {
            documents[i] = numbers.of(rising[i]);
        }
        return Arrays.stream(ordinals)
                .map(ordinal -> documents[Arrays.binarySearch(rising, ordinal)])
                .toArray();
    }

    private FloatVectorValues vectors() throws IOException {
        return reader.getFloatVectorValues(ShardFields.VECTOR);
    }

    private float cosine(FloatVectorValues vectors, int ordinal) throws IOException {
        vectors.advance(ordinal);
        return Vectors.dot(query, vectors.vectorValue(), 0);
    }
}

package io.mambaspark.index.shard;

import io.mambaspark.engine.cpu.ByteProduct;
import java.io.IOException;
import org.apache.lucene.codecs.hnsw.DefaultFlatVectorScorer;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.codecs.hnsw.ScalarQuantizedVectorScorer;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.quantization.RandomAccessQuantizedByteVectorValues;
import org.apache.lucene.util.quantization.ScalarQuantizedVectorSimilarity;

/**
 * Compares the vectors of a graph in the making, by the dot product of their bytes: the scores are Lucene's own, which has no
 * vector kernels for Java 17. All else is Lucene's.
 */
final class QuantizedScorer implements FlatVectorsScorer {
    /** Of a number: from 0 to 127. */
    static final byte BITS = 7;

    private final FlatVectorsScorer lucene = new ScalarQuantizedVectorScorer(DefaultFlatVectorScorer.INSTANCE);

    @Override
    public RandomVectorScorerSupplier getRandomVectorScorerSupplier(
            VectorSimilarityFunction similarity, RandomAccessVectorValues vectors) throws IOException {
        return similarity == VectorSimilarityFunction.DOT_PRODUCT
                        && vectors instanceof RandomAccessQuantizedByteVectorValues bytes
                        && bytes.getScalarQuantizer().getBits() == BITS
                ? new Pairs(bytes)
                : lucene.getRandomVectorScorerSupplier(similarity, vectors);
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction similarity, RandomAccessVectorValues vectors, float[] target) throws IOException {
        return lucene.getRandomVectorScorer(similarity, vectors, target);
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction similarity, RandomAccessVectorValues vectors, byte[] target) throws IOException {
        return lucene.getRandomVectorScorer(similarity, vectors, target);
    }

    /**
     * Compares any two vectors of a segment. Holds all of them: a graph in the making reaches for them in no order, and most of
     * its time would go into copying them out of a mapped file one by one. Thread-safe.
     */
    private static final class Pairs implements RandomVectorScorerSupplier {
        private final RandomAccessVectorValues vectors;
        private final byte[][] bytes;
        private final float[] corrections;
        private final ScalarQuantizedVectorSimilarity similarity;

        Pairs(RandomAccessQuantizedByteVectorValues vectors) throws IOException {
            this.vectors = vectors;
            this.bytes = new byte[vectors.size()][];
            this.corrections = new float[vectors.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = vectors.vectorValue(i).clone();
                corrections[i] = vectors.getScoreCorrectionConstant(i);
            }
            this.similarity = new ScalarQuantizedVectorSimilarity.DotProduct(
                    vectors.getScalarQuantizer().getConstantMultiplier(), ByteProduct::of);
        }

        @Override
        public RandomVectorScorer scorer(int ordinal) {
            return new RandomVectorScorer.AbstractRandomVectorScorer(vectors) {
                @Override
                public float score(int other) {
                    return similarity.score(bytes[ordinal], corrections[ordinal], bytes[other], corrections[other]);
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}

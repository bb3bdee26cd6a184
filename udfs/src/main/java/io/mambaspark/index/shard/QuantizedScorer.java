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

    /** Compares any two vectors of a segment. Not thread-safe: all its scorers read through one buffer. */
    private static final class Pairs implements RandomVectorScorerSupplier {
        private final RandomAccessQuantizedByteVectorValues vectors;
        private final ScalarQuantizedVectorSimilarity similarity;

        Pairs(RandomAccessQuantizedByteVectorValues vectors) {
            this.vectors = vectors;
            this.similarity = new ScalarQuantizedVectorSimilarity.DotProduct(
                    vectors.getScalarQuantizer().getConstantMultiplier(), ByteProduct::of);
        }

        @Override
        public RandomVectorScorer scorer(int ordinal) throws IOException {
            byte[] vector = vectors.vectorValue(ordinal).clone();
            float correction = vectors.getScoreCorrectionConstant(ordinal);
            return new RandomVectorScorer.AbstractRandomVectorScorer(vectors) {
                @Override
                public float score(int other) throws IOException {
                    byte[] bytes = vectors.vectorValue(other);
                    return similarity.score(vector, correction, bytes, vectors.getScoreCorrectionConstant(other));
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() throws IOException {
            return new Pairs(vectors.copy());
        }
    }
}

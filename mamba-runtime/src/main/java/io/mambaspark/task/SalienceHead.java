package io.mambaspark.task;

import io.mambaspark.engine.cpu.Projection;
import io.mambaspark.model.ReaderHeads;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How much a sentence is worth keeping in a summary of its document: y = W₁ relu(W₀ (f - mean) / scale + b₀) + b₁ over the
 * features f that {@code salience} of the reader lists. Higher is better; comparable within one document only.
 *
 * <p>Standardisation is folded into W₀ and b₀ once, here; the mean sentence of a document once a {@link Document}. Immutable,
 * thread-safe.
 */
final class SalienceHead {
    // f[0..5] describe the sentence, f[6..] are its embedding less the mean embedding.
    private static final int COSINE = 0;
    private static final int POSITION = 1;
    private static final int LN_FROM_START = 2;
    private static final int LN_TO_END = 3;
    private static final int LN_TOKENS = 4;
    private static final int SHARE_OF_60_TOKENS = 5;
    private static final int EMBEDDING = 6;

    /** One for each model that is in use: SQL makes a summarizer for each row. */
    private static final Map<ReaderHeads, SalienceHead> IN_USE = Collections.synchronizedMap(new WeakHashMap<>());

    private final int embeddingSize;
    private final int hiddenSize;
    /** W₀ / scale, [6 + dEmbed, hidden]: a feature's weights stand together. */
    private final float[] hiddenWeight;
    /** b₀ - W₀ mean / scale. */
    private final double[] hiddenBias;

    /** The part of W₀ / scale that reads the embedding. */
    private final Projection ofEmbedding;

    private final float[] outWeight;
    private final float outBias;

    /** The one of these heads. */
    static SalienceHead of(ReaderHeads heads) {
        return IN_USE.computeIfAbsent(heads, SalienceHead::new);
    }

    SalienceHead(ReaderHeads heads) {
        embeddingSize = heads.embedBias().length;
        hiddenSize = heads.salienceHiddenBias().length;
        int features = EMBEDDING + embeddingSize;
        hiddenWeight = new float[features * hiddenSize];
        hiddenBias = new double[hiddenSize];
        for (int h = 0; h < hiddenSize; h++) {
            double bias = heads.salienceHiddenBias()[h];
            for (int f = 0; f < features; f++) {
                double weight = heads.salienceHiddenWeight()[h * features + f] / (double) heads.featureScale()[f];
                hiddenWeight[f * hiddenSize + h] = (float) weight;
                bias -= weight * heads.featureMean()[f];
            }
            hiddenBias[h] = bias;
        }
        ofEmbedding = new Projection(embeddingWeight(), embeddingSize, new float[hiddenSize]);
        outWeight = heads.salienceOutWeight();
        outBias = heads.salienceOutBias();
    }

    /** {@code [hidden, dEmbed]}. */
    private float[] embeddingWeight() {
        float[] weight = new float[hiddenSize * embeddingSize];
        for (int h = 0; h < hiddenSize; h++) {
            for (int k = 0; k < embeddingSize; k++) {
                weight[h * embeddingSize + k] = hiddenWeight[(EMBEDDING + k) * hiddenSize + h];
            }
        }
        return weight;
    }

    /**
     * What the embedding of a sentence adds to the hidden layer, to be kept in its place.
     *
     * @param embedding unit length, dEmbed numbers
     * @return {@link #hiddenSize} numbers
     */
    float[] hidden(float[] embedding) {
        return ofEmbedding.of(embedding);
    }

    int hiddenSize() {
        return hiddenSize;
    }

    /**
     * Prepares the scores of one document.
     *
     * @param sentences     how many candidate sentences it has
     * @param meanEmbedding the mean of their embeddings, dEmbed numbers, not normalised
     */
    Document document(int sentences, float[] meanEmbedding) {
        double[] sum = hiddenBias.clone();
        for (int k = 0; k < embeddingSize; k++) {
            int row = (EMBEDDING + k) * hiddenSize;
            for (int h = 0; h < hiddenSize; h++) {
                sum[h] -= (double) hiddenWeight[row + h] * meanEmbedding[k];
            }
        }
        float[] bias = new float[hiddenSize];
        for (int h = 0; h < hiddenSize; h++) {
            bias[h] = (float) sum[h];
        }
        return new Document(sentences, bias);
    }

    /** Scores the sentences of one document, in any order. Owns its scratch memory: one thread at a time, no garbage. */
    final class Document {
        private final int sentences;
        private final float[] bias;
        private final float[] hidden;

        private Document(int sentences, float[] bias) {
            this.sentences = sentences;
            this.bias = bias;
            this.hidden = new float[hiddenSize];
        }

        /**
         * The salience of a sentence.
         *
         * @param i         its 0-based place among the candidates
         * @param tokens    its length in tokens
         * @param cosine    of its embedding and the document vector
         * @param embedding holds what its embedding adds to the hidden layer, {@link #hidden(float[])}, from {@code at} on
         */
        float score(int i, int tokens, float cosine, float[] embedding, int at) {
            System.arraycopy(bias, 0, hidden, 0, hiddenSize);
            add(COSINE, cosine);
            add(POSITION, i / (float) Math.max(1, sentences - 1));
            add(LN_FROM_START, (float) Math.log(1.0 + i));
            add(LN_TO_END, (float) Math.log(sentences - i));
            add(LN_TOKENS, (float) Math.log(1.0 + tokens));
            add(SHARE_OF_60_TOKENS, Math.min(tokens, 60) / 60f);
            float sum = outBias;
            for (int h = 0; h < hiddenSize; h++) {
                sum += outWeight[h] * Math.max(0f, hidden[h] + embedding[at + h]);
            }
            return sum;
        }

        private void add(int feature, float value) {
            int row = feature * hiddenSize;
            for (int h = 0; h < hiddenSize; h++) {
                hidden[h] += hiddenWeight[row + h] * value;
            }
        }
    }
}

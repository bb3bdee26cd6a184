package io.mambaspark.reading;

import io.mambaspark.model.ReaderHeads;
import java.util.Optional;

/**
 * From the sum of a piece to its vector, as reader.json says under {@code pooling}: p = Σ g h / (Σ g + 1e-6),
 * e = W p + b, made unit length. Without heads the vector is p itself, made unit length. Immutable and thread-safe.
 */
final class EmbeddingHead {
    private static final float EPSILON = 1e-6f;

    private final int dModel;
    private final int dEmbed;
    /** {@code [d_model, d_embed]}, so that the inner loop runs over adjacent numbers; null without heads. */
    private final float[] transposed;

    private final float[] bias;

    EmbeddingHead(int dModel, Optional<ReaderHeads> heads) {
        this.dModel = dModel;
        this.dEmbed = heads.map(ReaderHeads::dEmbed).orElse(dModel);
        this.transposed =
                heads.map(h -> transpose(h.embedWeight(), dEmbed, dModel)).orElse(null);
        this.bias = heads.map(ReaderHeads::embedBias).orElse(null);
    }

    private static float[] transpose(float[] weight, int rows, int columns) {
        float[] result = new float[weight.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                result[c * rows + r] = weight[r * columns + c];
            }
        }
        return result;
    }

    int dimension() {
        return dEmbed;
    }

    /** The vector of a piece, unit length. */
    float[] vector(PieceSum piece) {
        float[] e = new float[dEmbed];
        if (transposed == null) {
            System.arraycopy(piece.sum, 0, e, 0, dModel);
        } else {
            System.arraycopy(bias, 0, e, 0, dEmbed);
            for (int k = 0; k < dModel; k++) {
                float p = piece.sum[k] / (piece.weight + EPSILON);
                int row = k * dEmbed;
                for (int i = 0; i < dEmbed; i++) {
                    e[i] = Math.fma(transposed[row + i], p, e[i]);
                }
            }
        }
        Vectors.normalise(e);
        return e;
    }
}

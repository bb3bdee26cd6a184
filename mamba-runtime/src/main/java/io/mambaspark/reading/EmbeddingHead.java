package io.mambaspark.reading;

import io.mambaspark.engine.cpu.Projection;
import io.mambaspark.error.Finite;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.ReaderHeads;
import java.util.Optional;

/**
 * From the sum of a piece to its vector, as reader.json says under {@code pooling}: p = Σ g h / (Σ g + 1e-6),
 * e = W p + b, made unit length. Without heads the vector is p itself, made unit length. Immutable and thread-safe.
 */
final class EmbeddingHead {
    private static final float EPSILON = 1e-6f;

    private final int dimension;
    /** Empty without heads. */
    private final Optional<Projection> projection;

    EmbeddingHead(int dModel, Optional<ReaderHeads> heads) {
        this.dimension = heads.map(ReaderHeads::dEmbed).orElse(dModel);
        this.projection = heads.map(h -> new Projection(h.embedWeight(), dModel, h.embedBias()));
    }

    int dimension() {
        return dimension;
    }

    /**
     * The vector of a piece, unit length.
     *
     * @throws MambaException MAMBA_NOT_A_NUMBER if it has no direction
     */
    float[] vector(PieceSum piece) {
        float[] vector = projection.map(w -> w.of(mean(piece))).orElseGet(piece.sum::clone);
        if (!Vectors.normalise(vector)) {
            throw Finite.notANumber("A number of the text's vector");
        }
        return vector;
    }

    private static float[] mean(PieceSum piece) {
        float[] mean = new float[piece.sum.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = piece.sum[k] / (piece.weight + EPSILON);
        }
        return mean;
    }
}

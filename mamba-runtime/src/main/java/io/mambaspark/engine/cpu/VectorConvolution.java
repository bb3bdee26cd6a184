package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The causal convolution of size 4 of one vector of channels through time. Written out, so that C2 does not inline it
 * and box its vectors: see {@link VectorSteps}.
 */
final class VectorConvolution {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

    private VectorConvolution() {}

    /**
     * u[t] = silu(bias + Σ_k taps[k] ⊙ x[t - 3 + k]), with silu(s) = s / (1 + e^-s) from e^-|s|.
     *
     * @param c      the first channel
     * @param xAt    where the first token is; the three before it are inputs of the same segment
     * @param xWidth the distance from one token to the next
     */
    static void run(
            Kernels.Convolution weights,
            int c,
            float[] x,
            int xAt,
            int xWidth,
            float[] u,
            int uAt,
            int uWidth,
            int tokens) {
        IntVector lowest = VectorMath.lowest();
        FloatVector magic = VectorMath.constant(VectorMath.MAGIC);
        FloatVector one = VectorMath.constant(1f);
        FloatVector bias = FloatVector.fromArray(SPECIES, weights.bias(), c);
        FloatVector w0 = FloatVector.fromArray(SPECIES, weights.taps(), c);
        FloatVector w1 = FloatVector.fromArray(SPECIES, weights.taps(), c + weights.stride());
        FloatVector w2 = FloatVector.fromArray(SPECIES, weights.taps(), c + 2 * weights.stride());
        FloatVector w3 = FloatVector.fromArray(SPECIES, weights.taps(), c + 3 * weights.stride());
        for (int t = 0; t < tokens; t++) {
            int i = xAt + t * xWidth;
            FloatVector sum = w0.fma(FloatVector.fromArray(SPECIES, x, i - 3 * xWidth), bias);
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, i - 2 * xWidth), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, i - xWidth), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, i), sum);

            FloatVector magnitude = sum.reinterpretAsInts().or(VectorMath.SIGN).reinterpretAsFloats();
            FloatVector q = magnitude
                    .mul(VectorMath.LOG2_E)
                    .reinterpretAsInts()
                    .min(lowest)
                    .reinterpretAsFloats();
            FloatVector n = q.add(magic);
            FloatVector f = q.sub(n.sub(magic));
            FloatVector p = VectorMath.constant(VectorMath.P5)
                    .fma(f, VectorMath.constant(VectorMath.P4))
                    .fma(f, VectorMath.constant(VectorMath.P3))
                    .fma(f, VectorMath.constant(VectorMath.P2))
                    .fma(f, VectorMath.constant(VectorMath.P1))
                    .fma(f, one);
            IntVector shifted = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            FloatVector e = p.reinterpretAsInts().add(shifted).reinterpretAsFloats();
            sum.mul(one.blend(e, sum.test(VectorOperators.IS_NEGATIVE)))
                    .div(e.add(one))
                    .intoArray(u, uAt + t * uWidth);
        }
    }
}

package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gate of one vector of channels through time. Written out: C2 inlines it into the pass, where calls of
 * {@link VectorMath#silu} went beyond what it looks into, and blended through the heap, a fifth of all time.
 */
final class VectorGate {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

    private VectorGate() {}

    /**
     * out[t] = y[t] ⊙ silu(z[t]), with silu(s) = s / (1 + e^-s) from e^-|s|.
     *
     * @param strip    y, and behind it z
     * @param at       where y of the first token is
     * @param apart    the distance from there to z
     * @param rowWidth the distance from one token to the next in y and z
     * @param outAt    where the first token is in {@code out}
     * @param outWidth the distance from one token to the next in {@code out}
     */
    static void run(float[] strip, int at, int apart, int rowWidth, float[] out, int outAt, int outWidth, int tokens) {
        IntVector lowest = VectorMath.lowest();
        FloatVector magic = VectorMath.constant(VectorMath.MAGIC);
        FloatVector one = VectorMath.constant(1f);
        FloatVector p5 = VectorMath.constant(VectorMath.P5);
        FloatVector p4 = VectorMath.constant(VectorMath.P4);
        FloatVector p3 = VectorMath.constant(VectorMath.P3);
        FloatVector p2 = VectorMath.constant(VectorMath.P2);
        FloatVector p1 = VectorMath.constant(VectorMath.P1);
        for (int t = 0; t < tokens; t++) {
            int i = at + t * rowWidth;
            FloatVector input = FloatVector.fromArray(SPECIES, strip, i + apart);
            FloatVector magnitude =
                    input.reinterpretAsInts().or(VectorMath.SIGN).reinterpretAsFloats();
            FloatVector q = magnitude
                    .mul(VectorMath.LOG2_E)
                    .reinterpretAsInts()
                    .min(lowest)
                    .reinterpretAsFloats();
            FloatVector n = q.add(magic);
            FloatVector f = q.sub(n.sub(magic));
            FloatVector p = p5.fma(f, p4).fma(f, p3).fma(f, p2).fma(f, p1).fma(f, one);
            IntVector shifted = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            FloatVector e = p.reinterpretAsInts().add(shifted).reinterpretAsFloats();
            FloatVector numerator = input.mul(one.blend(e, input.test(VectorOperators.IS_NEGATIVE)));
            FloatVector.fromArray(SPECIES, strip, i)
                    .mul(numerator.div(e.add(one)))
                    .intoArray(out, outAt + t * outWidth);
        }
    }
}

package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The step sizes of one vector of channels through time. Written out, so that the method is above the 325 bytecodes up
 * to which C2 inlines hot methods: inlined beside the scan, its vectors are boxed on the heap, four times slower.
 */
final class VectorSteps {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

    private VectorSteps() {}

    /**
     * Δ = softplus(Δ + bias), Δu = Δ ⊙ u, y = D ⊙ u. softplus(x) = max(x, 0) + ln(1 + e^-|x|), with
     * ln(1 + e) = e + e² q(e) on [0, 1].
     *
     * @param channel  the first of the vector
     * @param uAt      where the first token is in u
     * @param uWidth   the distance from one token to the next in u
     * @param strip    Δ, and behind it Δu and y
     * @param at       where Δ of the first token is
     * @param apart    the distance from there to Δu, and from there to y
     * @param rowWidth the distance from one token to the next in the three
     */
    static void run(
            Kernels.Scan weights,
            int channel,
            float[] u,
            int uAt,
            int uWidth,
            float[] strip,
            int at,
            int apart,
            int rowWidth,
            int tokens) {
        FloatVector bias = FloatVector.fromArray(SPECIES, weights.deltaBias(), channel);
        FloatVector skip = FloatVector.fromArray(SPECIES, weights.d(), channel);
        IntVector lowest = VectorMath.lowest();
        FloatVector magic = VectorMath.constant(VectorMath.MAGIC);
        FloatVector one = VectorMath.constant(1f);
        for (int t = 0; t < tokens; t++) {
            int i = at + t * rowWidth;
            FloatVector x = FloatVector.fromArray(SPECIES, strip, i).add(bias);
            FloatVector input = FloatVector.fromArray(SPECIES, u, uAt + t * uWidth);

            FloatVector magnitude = x.reinterpretAsInts().or(VectorMath.SIGN).reinterpretAsFloats();
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

            FloatVector log = VectorMath.constant(-0.008778945542871952f)
                    .fma(e, VectorMath.constant(0.04498660936951637f))
                    .fma(e, VectorMath.constant(-0.10902287065982819f))
                    .fma(e, VectorMath.constant(0.17847205698490143f))
                    .fma(e, VectorMath.constant(-0.24536865949630737f))
                    .fma(e, VectorMath.constant(0.3328406512737274f))
                    .fma(e, VectorMath.constant(-0.4999817907810211f));
            FloatVector step = log.mul(e).fma(e, e).add(x.blend(0f, x.test(VectorOperators.IS_NEGATIVE)));

            step.intoArray(strip, i);
            step.mul(input).intoArray(strip, i + apart);
            skip.mul(input).intoArray(strip, i + 2 * apart);
        }
    }
}

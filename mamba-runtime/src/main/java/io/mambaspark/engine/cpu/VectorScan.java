package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of the selective scan: one vector of channels and four of its states through time. Fewer would load Δ and y
 * more often; with eight, C2 spills. The exponential is
 * {@link VectorMath#exp2}, written out: C2 inlines two calls of it here, reaches its node limit, and then boxes every
 * vector that it hands to the others, five times slower.
 */
final class VectorScan {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

    private VectorScan() {}

    /**
     * h[n] = 2^(Δ a[n]) h[n] + Δu B[n], y += Σ_n C[n] h[n] for four n.
     *
     * @param at       where Δ, Δu and y of the first token are: the three share their layout
     * @param rowWidth the distance from one token to the next in the three
     * @param bcAt     where B[n] of the first token is; C[n] follows {@code dState} behind
     */
    static void run(
            float[] a,
            int aAt,
            int aStride,
            float[] delta,
            float[] deltaU,
            float[] y,
            int at,
            int rowWidth,
            int tokens,
            float[] bc,
            int bcAt,
            int bcStride,
            int dState,
            float[] h,
            int hAt,
            int hStride) {
        IntVector lowest = VectorMath.lowest();
        FloatVector magic = VectorMath.constant(VectorMath.MAGIC);
        FloatVector p5 = VectorMath.constant(VectorMath.P5);
        FloatVector p4 = VectorMath.constant(VectorMath.P4);
        FloatVector p3 = VectorMath.constant(VectorMath.P3);
        FloatVector p2 = VectorMath.constant(VectorMath.P2);
        FloatVector p1 = VectorMath.constant(VectorMath.P1);
        FloatVector one = VectorMath.constant(1f);
        FloatVector a0 = FloatVector.fromArray(SPECIES, a, aAt);
        FloatVector a1 = FloatVector.fromArray(SPECIES, a, aAt + aStride);
        FloatVector a2 = FloatVector.fromArray(SPECIES, a, aAt + 2 * aStride);
        FloatVector a3 = FloatVector.fromArray(SPECIES, a, aAt + 3 * aStride);
        FloatVector h0 = FloatVector.fromArray(SPECIES, h, hAt);
        FloatVector h1 = FloatVector.fromArray(SPECIES, h, hAt + hStride);
        FloatVector h2 = FloatVector.fromArray(SPECIES, h, hAt + 2 * hStride);
        FloatVector h3 = FloatVector.fromArray(SPECIES, h, hAt + 3 * hStride);
        for (int t = 0; t < tokens; t++) {
            int i = at + t * rowWidth;
            int b = bcAt + t * bcStride;
            FloatVector step = FloatVector.fromArray(SPECIES, delta, i);
            FloatVector input = FloatVector.fromArray(SPECIES, deltaU, i);
            FloatVector sum = FloatVector.fromArray(SPECIES, y, i);

            FloatVector q0 = step.mul(a0).reinterpretAsInts().min(lowest).reinterpretAsFloats();
            FloatVector n0 = q0.add(magic);
            FloatVector f0 = q0.sub(n0.sub(magic));
            FloatVector e0 = p5.fma(f0, p4).fma(f0, p3).fma(f0, p2).fma(f0, p1).fma(f0, one);
            IntVector s0 = n0.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            h0 = e0.reinterpretAsInts().add(s0).reinterpretAsFloats().fma(h0, input.mul(bc[b]));
            sum = h0.fma(FloatVector.broadcast(SPECIES, bc[b + dState]), sum);

            FloatVector q1 = step.mul(a1).reinterpretAsInts().min(lowest).reinterpretAsFloats();
            FloatVector n1 = q1.add(magic);
            FloatVector f1 = q1.sub(n1.sub(magic));
            FloatVector e1 = p5.fma(f1, p4).fma(f1, p3).fma(f1, p2).fma(f1, p1).fma(f1, one);
            IntVector s1 = n1.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            h1 = e1.reinterpretAsInts().add(s1).reinterpretAsFloats().fma(h1, input.mul(bc[b + 1]));
            sum = h1.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 1]), sum);

            FloatVector q2 = step.mul(a2).reinterpretAsInts().min(lowest).reinterpretAsFloats();
            FloatVector n2 = q2.add(magic);
            FloatVector f2 = q2.sub(n2.sub(magic));
            FloatVector e2 = p5.fma(f2, p4).fma(f2, p3).fma(f2, p2).fma(f2, p1).fma(f2, one);
            IntVector s2 = n2.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            h2 = e2.reinterpretAsInts().add(s2).reinterpretAsFloats().fma(h2, input.mul(bc[b + 2]));
            sum = h2.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 2]), sum);

            FloatVector q3 = step.mul(a3).reinterpretAsInts().min(lowest).reinterpretAsFloats();
            FloatVector n3 = q3.add(magic);
            FloatVector f3 = q3.sub(n3.sub(magic));
            FloatVector e3 = p5.fma(f3, p4).fma(f3, p3).fma(f3, p2).fma(f3, p1).fma(f3, one);
            IntVector s3 = n3.reinterpretAsInts().lanewise(VectorOperators.LSHL, VectorMath.EXPONENT_SHIFT);
            h3 = e3.reinterpretAsInts().add(s3).reinterpretAsFloats().fma(h3, input.mul(bc[b + 3]));
            sum = h3.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 3]), sum);

            sum.intoArray(y, i);
        }
        h0.intoArray(h, hAt);
        h1.intoArray(h, hAt + hStride);
        h2.intoArray(h, hAt + 2 * hStride);
        h3.intoArray(h, hAt + 3 * hStride);
    }
}

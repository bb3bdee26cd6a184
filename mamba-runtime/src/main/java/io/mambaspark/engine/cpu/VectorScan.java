package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of the selective scan: one vector of channels and two of its states through time. Four would load Δ and y
 * half as often, which gains a hundredth, but they inline twice as much: see {@link Rehearsal}. The exponential is {@link
 * VectorMath#exp2}, written out: C2 does not inline what it has compiled alone into much code, and what crosses a call is
 * boxed on the heap.
 */
final class VectorScan {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

    private VectorScan() {}

    /**
     * h[n] = 2^(Δ a[n]) h[n] + Δu B[n], y += Σ_n C[n] h[n] for two n.
     *
     * @param strip    Δ, and behind it Δu and y
     * @param at       where Δ of the first token is
     * @param apart    the distance from there to Δu, and from there to y
     * @param rowWidth the distance from one token to the next in the three
     * @param bcAt     where B[n] of the first token is; C[n] follows {@code dState} behind
     */
    static void run(
            float[] a,
            int aAt,
            int aStride,
            float[] strip,
            int at,
            int apart,
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
        FloatVector h0 = FloatVector.fromArray(SPECIES, h, hAt);
        FloatVector h1 = FloatVector.fromArray(SPECIES, h, hAt + hStride);
        for (int t = 0; t < tokens; t++) {
            int i = at + t * rowWidth;
            int b = bcAt + t * bcStride;
            FloatVector step = FloatVector.fromArray(SPECIES, strip, i);
            FloatVector input = FloatVector.fromArray(SPECIES, strip, i + apart);
            FloatVector sum = FloatVector.fromArray(SPECIES, strip, i + 2 * apart);

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

            sum.intoArray(strip, i + 2 * apart);
        }
        h0.intoArray(h, hAt);
        h1.intoArray(h, hAt + hStride);
    }
}

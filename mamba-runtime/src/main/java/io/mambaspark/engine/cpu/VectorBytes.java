package io.mambaspark.engine.cpu;

import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.S2I;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of bytes: multiplied as shorts, which none of them leaves, and summed as ints. Unrolled by hand, so that the method is
 * above the 325 bytecodes up to which C2 inlines hot methods: inlined into its callers, sooner or later its vectors are boxed on
 * the heap, ten times slower.
 */
final class VectorBytes {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    /** Vectors of fewer than 64 bits do not exist. */
    private static final boolean WIDE = INTS.vectorBitSize() >= 256;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(WIDE ? INTS.vectorBitSize() / 2 : 64));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(WIDE ? INTS.vectorBitSize() / 4 : 64));
    private static final int AT_ONCE = 8 * LANES;

    private VectorBytes() {}

    static int dot(byte[] a, byte[] b) {
        int vectors = WIDE ? a.length / AT_ONCE * AT_ONCE : 0;
        int sum = vectors == 0 ? 0 : dot(a, b, vectors);
        for (int i = vectors; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static int dot(byte[] a, byte[] b, int length) {
        IntVector s0 = IntVector.zero(INTS), s1 = IntVector.zero(INTS);
        IntVector s2 = IntVector.zero(INTS), s3 = IntVector.zero(INTS);
        for (int i = 0; i < length; i += AT_ONCE) {
            s0 = s0.add(ByteVector.fromArray(BYTES, a, i)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s1 = s1.add(ByteVector.fromArray(BYTES, a, i + LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s2 = s2.add(ByteVector.fromArray(BYTES, a, i + 2 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 2 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s3 = s3.add(ByteVector.fromArray(BYTES, a, i + 3 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 3 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s0 = s0.add(ByteVector.fromArray(BYTES, a, i + 4 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 4 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s1 = s1.add(ByteVector.fromArray(BYTES, a, i + 5 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 5 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s2 = s2.add(ByteVector.fromArray(BYTES, a, i + 6 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 6 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
            s3 = s3.add(ByteVector.fromArray(BYTES, a, i + 7 * LANES)
                    .convertShape(B2S, SHORTS, 0)
                    .mul(ByteVector.fromArray(BYTES, b, i + 7 * LANES).convertShape(B2S, SHORTS, 0))
                    .convertShape(S2I, INTS, 0));
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    }
}

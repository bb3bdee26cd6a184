package io.mambaspark.engine.cpu;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Products of bytes: multiplied as shorts, which none of them leaves, and summed as ints. */
final class VectorBytes {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    /** Vectors of fewer than 64 bits do not exist. */
    private static final boolean WIDE = INTS.vectorBitSize() >= 256;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(WIDE ? INTS.vectorBitSize() / 2 : 64));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(WIDE ? INTS.vectorBitSize() / 4 : 64));

    private VectorBytes() {}

    static int dot(byte[] a, byte[] b) {
        int i = 0;
        int sum = 0;
        if (WIDE && a.length >= 2 * LANES) {
            IntVector even = IntVector.zero(INTS);
            IntVector odd = IntVector.zero(INTS);
            for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
                Vector<Short> a0 = ByteVector.fromArray(BYTES, a, i).convertShape(VectorOperators.B2S, SHORTS, 0);
                Vector<Short> b0 = ByteVector.fromArray(BYTES, b, i).convertShape(VectorOperators.B2S, SHORTS, 0);
                even = even.add(a0.mul(b0).convertShape(VectorOperators.S2I, INTS, 0));
                Vector<Short> a1 =
                        ByteVector.fromArray(BYTES, a, i + LANES).convertShape(VectorOperators.B2S, SHORTS, 0);
                Vector<Short> b1 =
                        ByteVector.fromArray(BYTES, b, i + LANES).convertShape(VectorOperators.B2S, SHORTS, 0);
                odd = odd.add(a1.mul(b1).convertShape(VectorOperators.S2I, INTS, 0));
            }
            sum = even.add(odd).reduceLanes(VectorOperators.ADD);
        }
        for (; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

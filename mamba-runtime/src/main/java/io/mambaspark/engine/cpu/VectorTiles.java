package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of the matrix product. A tile of R rows and three vectors keeps 3 R sums in registers; per input it
 * loads three vectors of weights and R numbers of activations for 3 R multiply-adds. Loads bound it, so the tile is as
 * tall as the register file allows: 9 rows with 32 vector registers (27 sums, 3 weights, 1 broadcast), 4 with 16. Sums
 * start from what the result holds: reading it first also brings it near, where stores into the third-level cache would
 * hold up the next tile (a tenth of the rate).
 *
 * <p>Unrolled by hand: C2 keeps vectors in registers only as locals of one loop. A second loop around it, or an array of
 * vectors, makes it box them on the heap, fifty times slower.
 */
final class VectorTiles {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();

    private VectorTiles() {}

    /** c[9, 3 V] += a[9, K] · w[K, 3 V]; each number is one chain of fused multiply-adds over k. */
    static void tile9(
            float[] a, int aAt, int aStride, float[] w, int wAt, int inputs, float[] c, int cAt, int cStride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, cAt + cStride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, cAt + cStride + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, cAt + cStride + 2 * LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride + 2 * LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride + LANES);
        FloatVector c32 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride + 2 * LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cStride);
        FloatVector c41 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cStride + LANES);
        FloatVector c42 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cStride + 2 * LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cStride);
        FloatVector c51 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cStride + LANES);
        FloatVector c52 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cStride + 2 * LANES);
        FloatVector c60 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cStride);
        FloatVector c61 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cStride + LANES);
        FloatVector c62 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cStride + 2 * LANES);
        FloatVector c70 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cStride);
        FloatVector c71 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cStride + LANES);
        FloatVector c72 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cStride + 2 * LANES);
        FloatVector c80 = FloatVector.fromArray(SPECIES, c, cAt + 8 * cStride);
        FloatVector c81 = FloatVector.fromArray(SPECIES, c, cAt + 8 * cStride + LANES);
        FloatVector c82 = FloatVector.fromArray(SPECIES, c, cAt + 8 * cStride + 2 * LANES);
        for (int k = 0; k < inputs; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, wAt);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, wAt + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, wAt + 2 * LANES);
            wAt += 3 * LANES;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            c00 = x.fma(w0, c00);
            c01 = x.fma(w1, c01);
            c02 = x.fma(w2, c02);
            x = FloatVector.broadcast(SPECIES, a[aAt + aStride + k]);
            c10 = x.fma(w0, c10);
            c11 = x.fma(w1, c11);
            c12 = x.fma(w2, c12);
            x = FloatVector.broadcast(SPECIES, a[aAt + 2 * aStride + k]);
            c20 = x.fma(w0, c20);
            c21 = x.fma(w1, c21);
            c22 = x.fma(w2, c22);
            x = FloatVector.broadcast(SPECIES, a[aAt + 3 * aStride + k]);
            c30 = x.fma(w0, c30);
            c31 = x.fma(w1, c31);
            c32 = x.fma(w2, c32);
            x = FloatVector.broadcast(SPECIES, a[aAt + 4 * aStride + k]);
            c40 = x.fma(w0, c40);
            c41 = x.fma(w1, c41);
            c42 = x.fma(w2, c42);
            x = FloatVector.broadcast(SPECIES, a[aAt + 5 * aStride + k]);
            c50 = x.fma(w0, c50);
            c51 = x.fma(w1, c51);
            c52 = x.fma(w2, c52);
            x = FloatVector.broadcast(SPECIES, a[aAt + 6 * aStride + k]);
            c60 = x.fma(w0, c60);
            c61 = x.fma(w1, c61);
            c62 = x.fma(w2, c62);
            x = FloatVector.broadcast(SPECIES, a[aAt + 7 * aStride + k]);
            c70 = x.fma(w0, c70);
            c71 = x.fma(w1, c71);
            c72 = x.fma(w2, c72);
            x = FloatVector.broadcast(SPECIES, a[aAt + 8 * aStride + k]);
            c80 = x.fma(w0, c80);
            c81 = x.fma(w1, c81);
            c82 = x.fma(w2, c82);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
        c10.intoArray(c, cAt + cStride);
        c11.intoArray(c, cAt + cStride + LANES);
        c12.intoArray(c, cAt + cStride + 2 * LANES);
        c20.intoArray(c, cAt + 2 * cStride);
        c21.intoArray(c, cAt + 2 * cStride + LANES);
        c22.intoArray(c, cAt + 2 * cStride + 2 * LANES);
        c30.intoArray(c, cAt + 3 * cStride);
        c31.intoArray(c, cAt + 3 * cStride + LANES);
        c32.intoArray(c, cAt + 3 * cStride + 2 * LANES);
        c40.intoArray(c, cAt + 4 * cStride);
        c41.intoArray(c, cAt + 4 * cStride + LANES);
        c42.intoArray(c, cAt + 4 * cStride + 2 * LANES);
        c50.intoArray(c, cAt + 5 * cStride);
        c51.intoArray(c, cAt + 5 * cStride + LANES);
        c52.intoArray(c, cAt + 5 * cStride + 2 * LANES);
        c60.intoArray(c, cAt + 6 * cStride);
        c61.intoArray(c, cAt + 6 * cStride + LANES);
        c62.intoArray(c, cAt + 6 * cStride + 2 * LANES);
        c70.intoArray(c, cAt + 7 * cStride);
        c71.intoArray(c, cAt + 7 * cStride + LANES);
        c72.intoArray(c, cAt + 7 * cStride + 2 * LANES);
        c80.intoArray(c, cAt + 8 * cStride);
        c81.intoArray(c, cAt + 8 * cStride + LANES);
        c82.intoArray(c, cAt + 8 * cStride + 2 * LANES);
    }

    /** c[4, 3 V] += a[4, K] · w[K, 3 V]; each number is one chain of fused multiply-adds over k. */
    static void tile4(
            float[] a, int aAt, int aStride, float[] w, int wAt, int inputs, float[] c, int cAt, int cStride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, cAt + cStride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, cAt + cStride + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, cAt + cStride + 2 * LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride + 2 * LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride + LANES);
        FloatVector c32 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride + 2 * LANES);
        for (int k = 0; k < inputs; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, wAt);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, wAt + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, wAt + 2 * LANES);
            wAt += 3 * LANES;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            c00 = x.fma(w0, c00);
            c01 = x.fma(w1, c01);
            c02 = x.fma(w2, c02);
            x = FloatVector.broadcast(SPECIES, a[aAt + aStride + k]);
            c10 = x.fma(w0, c10);
            c11 = x.fma(w1, c11);
            c12 = x.fma(w2, c12);
            x = FloatVector.broadcast(SPECIES, a[aAt + 2 * aStride + k]);
            c20 = x.fma(w0, c20);
            c21 = x.fma(w1, c21);
            c22 = x.fma(w2, c22);
            x = FloatVector.broadcast(SPECIES, a[aAt + 3 * aStride + k]);
            c30 = x.fma(w0, c30);
            c31 = x.fma(w1, c31);
            c32 = x.fma(w2, c32);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
        c10.intoArray(c, cAt + cStride);
        c11.intoArray(c, cAt + cStride + LANES);
        c12.intoArray(c, cAt + cStride + 2 * LANES);
        c20.intoArray(c, cAt + 2 * cStride);
        c21.intoArray(c, cAt + 2 * cStride + LANES);
        c22.intoArray(c, cAt + 2 * cStride + 2 * LANES);
        c30.intoArray(c, cAt + 3 * cStride);
        c31.intoArray(c, cAt + 3 * cStride + LANES);
        c32.intoArray(c, cAt + 3 * cStride + 2 * LANES);
    }

    /**
     * c[9, V] += a[9, K] · w[K, V]: {@link #tile9} for a last panel of which only the first vector has outputs; the weights
     * lie as there, three vectors an input.
     */
    static void narrow9(
            float[] a, int aAt, int aStride, float[] w, int wAt, int inputs, float[] c, int cAt, int cStride) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride);
        FloatVector c4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cStride);
        FloatVector c5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cStride);
        FloatVector c6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cStride);
        FloatVector c7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cStride);
        FloatVector c8 = FloatVector.fromArray(SPECIES, c, cAt + 8 * cStride);
        for (int k = 0; k < inputs; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, wAt);
            wAt += 3 * LANES;
            c0 = FloatVector.broadcast(SPECIES, a[aAt + k]).fma(w0, c0);
            c1 = FloatVector.broadcast(SPECIES, a[aAt + aStride + k]).fma(w0, c1);
            c2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aStride + k]).fma(w0, c2);
            c3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aStride + k]).fma(w0, c3);
            c4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aStride + k]).fma(w0, c4);
            c5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aStride + k]).fma(w0, c5);
            c6 = FloatVector.broadcast(SPECIES, a[aAt + 6 * aStride + k]).fma(w0, c6);
            c7 = FloatVector.broadcast(SPECIES, a[aAt + 7 * aStride + k]).fma(w0, c7);
            c8 = FloatVector.broadcast(SPECIES, a[aAt + 8 * aStride + k]).fma(w0, c8);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStride);
        c2.intoArray(c, cAt + 2 * cStride);
        c3.intoArray(c, cAt + 3 * cStride);
        c4.intoArray(c, cAt + 4 * cStride);
        c5.intoArray(c, cAt + 5 * cStride);
        c6.intoArray(c, cAt + 6 * cStride);
        c7.intoArray(c, cAt + 7 * cStride);
        c8.intoArray(c, cAt + 8 * cStride);
    }
}

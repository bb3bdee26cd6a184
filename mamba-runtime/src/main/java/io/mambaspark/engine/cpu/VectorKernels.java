package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API. Loaded by name only, and only where {@code jdk.incubator.vector} is in the boot
 * layer: touching this class without it is a {@link NoClassDefFoundError}.
 *
 * <p>A panel is three vectors wide; what runs along time takes one vector of channels through all its rows, so that the
 * arrays it touches stay in the first-level cache and its state in registers.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PANEL_WIDTH = 3 * LANES;
    /** AVX-512 and AArch64 have 32 vector registers, AVX2 has 16 of 8 lanes. */
    private static final boolean MANY_REGISTERS = LANES != 8;

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public int panelWidth() {
        return PANEL_WIDTH;
    }

    @Override
    public int tileRows() {
        return MANY_REGISTERS ? 9 : 4;
    }

    @Override
    public void multiply(PackedMatrix w, Activations a, int aRow, int aChannel, Activations c, int cRow, int rows) {
        for (int panel = 0; panel < w.panels(); panel++) {
            int weights = panel * w.inputs * PANEL_WIDTH;
            boolean narrow = w.outputs - panel * PANEL_WIDTH <= LANES;
            for (int i = 0; i < rows; i += tileRows()) {
                int left = a.index(aRow + i, 0) + aChannel;
                int result = c.index(cRow + i, panel * PANEL_WIDTH);
                tile(narrow, a.data, left, a.rowStride, w.data, weights, w.inputs, c.data, result, c.rowStride);
            }
        }
    }

    private static void tile(
            boolean narrow,
            float[] a,
            int aAt,
            int aStride,
            float[] w,
            int wAt,
            int inputs,
            float[] c,
            int cAt,
            int cStride) {
        if (!MANY_REGISTERS) {
            VectorTiles.tile4(a, aAt, aStride, w, wAt, inputs, c, cAt, cStride);
        } else if (narrow) {
            VectorTiles.narrow9(a, aAt, aStride, w, wAt, inputs, c, cAt, cStride);
        } else {
            VectorTiles.tile9(a, aAt, aStride, w, wAt, inputs, c, cAt, cStride);
        }
    }

    @Override
    public void rmsNorm(Activations x, float[] weight, float epsilon, int from, int to, Activations out, int outFrom) {
        int channels = Activations.padded(x.channels, LANES);
        float[] lanes = new float[LANES];
        for (int row = from; row < to; row++) {
            int at = x.index(row, 0);
            FloatVector squares = FloatVector.zero(SPECIES);
            for (int c = 0; c < channels; c += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, x.data, at + c);
                squares = value.fma(value, squares);
            }
            float mean = total(squares, lanes) / x.channels;
            FloatVector scale = FloatVector.broadcast(SPECIES, (float) (1 / Math.sqrt(mean + epsilon)));
            int target = out.index(outFrom + row - from, 0);
            for (int c = 0; c < channels; c += LANES) {
                FloatVector.fromArray(SPECIES, x.data, at + c)
                        .mul(scale)
                        .mul(FloatVector.fromArray(SPECIES, weight, c))
                        .intoArray(out.data, target + c);
            }
        }
    }

    @Override
    public void convolve(
            Convolution weights,
            Activations x,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int from,
            int to,
            Activations u) {
        int channels = Activations.padded(x.channels, LANES);
        int inside = Math.max(from, Math.min(to, start + weights.size() - 1));
        for (int c = 0; c < channels; c += LANES) {
            int t = from;
            // What reaches back into the state, and sizes that no published model has.
            for (; t < (weights.size() == 4 ? inside : to); t++) {
                convolveOne(weights, x, tail, tailAt, stride, start, t, c, u);
            }
            VectorConvolution.run(weights, c, x.data, u.data, x.index(t, c), PANEL_WIDTH, to - t);
        }
    }

    private static void convolveOne(
            Convolution weights,
            Activations x,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int t,
            int c,
            Activations u) {
        int before = weights.size() - 1;
        FloatVector sum = FloatVector.fromArray(SPECIES, weights.bias(), c);
        for (int k = 0; k <= before; k++) {
            int source = t - before + k;
            FloatVector input = source >= start
                    ? FloatVector.fromArray(SPECIES, x.data, x.index(source, c))
                    : FloatVector.fromArray(SPECIES, tail, tailAt + (source - start + before) * stride + c);
            sum = FloatVector.fromArray(SPECIES, weights.taps(), k * weights.stride() + c)
                    .fma(input, sum);
        }
        VectorMath.silu(sum).intoArray(u.data, u.index(t, c));
    }

    @Override
    public void stepSizes(
            Scan weights,
            int panel,
            Activations delta,
            Activations u,
            Activations deltaU,
            Activations y,
            int from,
            int to) {
        for (int c = panel * PANEL_WIDTH; c < (panel + 1) * PANEL_WIDTH; c += LANES) {
            FloatVector bias = FloatVector.fromArray(SPECIES, weights.deltaBias(), c);
            FloatVector skip = FloatVector.fromArray(SPECIES, weights.d(), c);
            VectorSteps.run(
                    bias, skip, delta.data, u.data, deltaU.data, y.data, delta.index(from, c), PANEL_WIDTH, to - from);
        }
    }

    @Override
    public void selectiveScan(
            Scan weights,
            int panel,
            Activations delta,
            Activations deltaU,
            Activations bc,
            float[] h,
            int hAt,
            int stride,
            Activations y,
            int from,
            int to) {
        int end = Math.min((panel + 1) * PANEL_WIDTH, stride);
        for (int c = panel * PANEL_WIDTH; c < end; c += LANES) {
            for (int n = 0; n < weights.dState(); n += STATES_AT_ONCE) {
                VectorScan.run(
                        weights.a(),
                        n * weights.stride() + c,
                        weights.stride(),
                        delta.data,
                        deltaU.data,
                        y.data,
                        delta.index(from, c),
                        PANEL_WIDTH,
                        to - from,
                        bc.data,
                        bc.index(from, n),
                        bc.rowStride,
                        weights.dState(),
                        h,
                        hAt + n * stride + c,
                        stride);
            }
        }
    }

    @Override
    public void gate(int panel, Activations z, Activations y, int from, int to) {
        for (int c = panel * PANEL_WIDTH; c < (panel + 1) * PANEL_WIDTH; c += LANES) {
            int at = y.index(from, c);
            int end = y.index(to - 1, c);
            for (; at <= end; at += PANEL_WIDTH) {
                FloatVector gate = FloatVector.fromArray(SPECIES, z.data, at);
                FloatVector.fromArray(SPECIES, y.data, at)
                        .mul(VectorMath.silu(gate))
                        .intoArray(y.data, at);
            }
        }
    }

    @Override
    public void poolingWeights(Activations x, float[] weight, float bias, int from, int to, float[] g) {
        int channels = Activations.padded(x.channels, LANES);
        float[] lanes = new float[LANES];
        for (int row = from; row < to; row++) {
            int at = x.index(row, 0);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int c = 0; c < channels; c += LANES) {
                sum = FloatVector.fromArray(SPECIES, weight, c)
                        .fma(FloatVector.fromArray(SPECIES, x.data, at + c), sum);
            }
            g[row] = (float) (1 / (1 + Math.exp(-(total(sum, lanes) + bias))));
        }
    }

    @Override
    public void sumOfExponentials(Activations logits, int rows, float[] max, float[] sum) {
        int end = logits.index(rows - 1, 0);
        for (int c = 0; c < logits.rowStride; c += LANES) {
            FloatVector largest = FloatVector.fromArray(SPECIES, logits.data, c);
            for (int at = c + logits.rowStride; at <= end + c; at += logits.rowStride) {
                largest = largest.max(FloatVector.fromArray(SPECIES, logits.data, at));
            }
            FloatVector total = FloatVector.zero(SPECIES);
            for (int at = c; at <= end + c; at += logits.rowStride) {
                FloatVector below = largest.sub(FloatVector.fromArray(SPECIES, logits.data, at));
                total = total.add(VectorMath.exp2(below.mul(-VectorMath.LOG2_E)));
            }
            largest.intoArray(max, c);
            total.intoArray(sum, c);
        }
    }

    @Override
    public int dot(byte[] a, byte[] b) {
        return VectorBytes.dot(a, b);
    }

    /** In the order of the lanes: that of {@code reduceLanes} is undefined and may change when C2 compiles the loop. */
    private static float total(FloatVector vector, float[] lanes) {
        vector.intoArray(lanes, 0);
        float total = 0;
        for (float lane : lanes) {
            total += lane;
        }
        return total;
    }
}

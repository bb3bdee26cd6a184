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
        for (int input = 0; input < w.inputs; input += INPUTS_AT_ONCE) {
            int inputs = Math.min(INPUTS_AT_ONCE, w.inputs - input);
            for (int panel = 0; panel < w.panels(); panel++) {
                int output = panel * PANEL_WIDTH;
                int weights = w.index(output, input);
                boolean narrow = w.outputs - output <= LANES;
                for (int i = 0; i < rows; i += tileRows()) {
                    int left = a.index(aRow + i, aChannel + input);
                    int result = c.index(cRow + i, output);
                    tile(narrow, a.data, left, a.rowStride, w.data, weights, inputs, c.data, result, c.rowStride);
                }
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
            int panel,
            Activations x,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int end,
            Activations u) {
        // What reaches back into the state, and sizes that no published model has.
        int alone = weights.size() == 4 ? Math.min(end, start + weights.size() - 1) : end;
        for (int c = 0; c < channels(panel, u.channels); c += LANES) {
            int channel = panel * PANEL_WIDTH + c;
            for (int t = start; t < alone; t++) {
                convolveOne(weights, channel, x, c, tail, tailAt + channel, stride, start, t, u);
            }
            if (alone < end) {
                VectorConvolution.run(
                        weights,
                        channel,
                        x.data,
                        x.index(alone, c),
                        x.rowStride,
                        u.data,
                        u.index(alone, channel),
                        u.rowStride,
                        end - alone);
            }
        }
    }

    /** How many channels of a panel there are, rounded up to whole vectors. */
    private static int channels(int panel, int all) {
        return Math.min(PANEL_WIDTH, Activations.padded(all, LANES) - panel * PANEL_WIDTH);
    }

    private static void convolveOne(
            Convolution weights,
            int channel,
            Activations x,
            int c,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int t,
            Activations u) {
        int before = weights.size() - 1;
        FloatVector sum = FloatVector.fromArray(SPECIES, weights.bias(), channel);
        for (int k = 0; k <= before; k++) {
            int source = t - before + k;
            FloatVector input = source >= start
                    ? FloatVector.fromArray(SPECIES, x.data, x.index(source, c))
                    : FloatVector.fromArray(SPECIES, tail, tailAt + (source - start + before) * stride);
            sum = FloatVector.fromArray(SPECIES, weights.taps(), k * weights.stride() + channel)
                    .fma(input, sum);
        }
        VectorMath.silu(sum).intoArray(u.data, u.index(t, channel));
    }

    @Override
    public void stepSizes(Scan weights, int panel, Activations u, int row, int count, Strip strip) {
        for (int c = 0; c < PANEL_WIDTH; c += LANES) {
            int channel = panel * PANEL_WIDTH + c;
            VectorSteps.run(
                    weights,
                    channel,
                    u.data,
                    u.index(row, channel),
                    u.rowStride,
                    strip.delta.data,
                    strip.delta.index(0, c),
                    strip.apart(),
                    PANEL_WIDTH,
                    count);
        }
    }

    @Override
    public void selectiveScan(
            Scan weights,
            int panel,
            Strip strip,
            int from,
            int to,
            Activations bc,
            int bcRow,
            float[] h,
            int hAt,
            int stride) {
        for (int c = 0; c < channels(panel, stride); c += LANES) {
            int channel = panel * PANEL_WIDTH + c;
            for (int n = 0; n < weights.dState(); n += STATES_AT_ONCE) {
                VectorScan.run(
                        weights.a(),
                        n * weights.stride() + channel,
                        weights.stride(),
                        strip.delta.data,
                        strip.delta.index(from, c),
                        strip.apart(),
                        PANEL_WIDTH,
                        to - from,
                        bc.data,
                        bc.index(bcRow, n),
                        bc.rowStride,
                        weights.dState(),
                        h,
                        hAt + n * stride + channel,
                        stride);
            }
        }
    }

    @Override
    public void gate(int panel, Strip strip, int count, Activations out, int row) {
        for (int c = 0; c < PANEL_WIDTH; c += LANES) {
            VectorGate.run(
                    strip.y.data,
                    strip.y.index(0, c),
                    strip.apart(),
                    PANEL_WIDTH,
                    out.data,
                    out.index(row, panel * PANEL_WIDTH + c),
                    out.rowStride,
                    count);
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

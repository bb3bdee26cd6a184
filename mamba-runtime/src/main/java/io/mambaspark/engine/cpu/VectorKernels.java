package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API. Loaded by name only, and only where {@code jdk.incubator.vector} is in the boot
 * layer: touching this class without it is a {@link NoClassDefFoundError}.
 *
 * <p>A panel is three vectors wide; what runs along time takes one vector of channels through all its rows, so that the
 * arrays it touches stay in the first-level cache and its state in registers.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL_WIDTH = 3 * LANES;
    /** AVX-512 and AArch64 have 32 vector registers, AVX2 has 16 of 8 lanes. */
    private static final boolean MANY_REGISTERS = LANES != 8;

    /** States that one pass of the scan keeps in registers: with 8, C2 spills. */
    private static final int STATES = 4;

    private static final float LOG2_E = 1.44269504f;
    private static final int SIGN = 0x8000_0000;

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
    public void multiply(
            PackedMatrix w, Activations a, int aRow, int aChannel, Activations c, int cRow, int rows, boolean add) {
        for (int panel = 0; panel < w.panels(); panel++) {
            int weights = panel * w.inputs * PANEL_WIDTH;
            for (int i = 0; i < rows; i += tileRows()) {
                int left = a.index(aRow + i, 0) + aChannel;
                int result = c.index(cRow + i, panel * PANEL_WIDTH);
                if (MANY_REGISTERS) {
                    VectorTiles.tile9(
                            a.data, left, a.rowStride, w.data, weights, w.inputs, c.data, result, c.rowStride, add);
                } else {
                    VectorTiles.tile4(
                            a.data, left, a.rowStride, w.data, weights, w.inputs, c.data, result, c.rowStride, add);
                }
            }
        }
    }

    @Override
    public void rmsNorm(Activations x, float[] weight, float epsilon, int from, int to, Activations out, int outFrom) {
        int channels = Activations.padded(x.channels, LANES);
        for (int row = from; row < to; row++) {
            int at = x.index(row, 0);
            FloatVector squares = FloatVector.zero(SPECIES);
            for (int c = 0; c < channels; c += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, x.data, at + c);
                squares = value.fma(value, squares);
            }
            float mean = squares.reduceLanes(VectorOperators.ADD) / x.channels;
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
        for (int c = 0; c < stride; c += LANES) {
            for (int t = from; t < to; t++) {
                convolveOne(weights, x, tail, tailAt, stride, start, t, c, u);
            }
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
        sum.mul(sigmoid(sum)).intoArray(u.data, u.index(t, c));
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
            int at = delta.index(from, c);
            int end = delta.index(to - 1, c);
            for (; at <= end; at += PANEL_WIDTH) {
                FloatVector step =
                        softplus(FloatVector.fromArray(SPECIES, delta.data, at).add(bias));
                FloatVector input = FloatVector.fromArray(SPECIES, u.data, at);
                step.intoArray(delta.data, at);
                step.mul(input).intoArray(deltaU.data, at);
                skip.mul(input).intoArray(y.data, at);
            }
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
            for (int n = 0; n < weights.dState(); n += STATES) {
                scanStates(
                        weights.a(),
                        n * weights.stride() + c,
                        weights.stride(),
                        delta.data,
                        deltaU.data,
                        y.data,
                        delta.index(from, c),
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

    /** One vector of channels and four of its states through {@code tokens} rows; delta, deltaU, y share their layout. */
    private static void scanStates(
            float[] a,
            int aAt,
            int aStride,
            float[] delta,
            float[] deltaU,
            float[] y,
            int at,
            int tokens,
            float[] bc,
            int bcAt,
            int bcStride,
            int dState,
            float[] h,
            int hAt,
            int hStride) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, a, aAt);
        FloatVector a1 = FloatVector.fromArray(SPECIES, a, aAt + aStride);
        FloatVector a2 = FloatVector.fromArray(SPECIES, a, aAt + 2 * aStride);
        FloatVector a3 = FloatVector.fromArray(SPECIES, a, aAt + 3 * aStride);
        FloatVector h0 = FloatVector.fromArray(SPECIES, h, hAt);
        FloatVector h1 = FloatVector.fromArray(SPECIES, h, hAt + hStride);
        FloatVector h2 = FloatVector.fromArray(SPECIES, h, hAt + 2 * hStride);
        FloatVector h3 = FloatVector.fromArray(SPECIES, h, hAt + 3 * hStride);
        for (int t = 0; t < tokens; t++) {
            int i = at + t * PANEL_WIDTH;
            int b = bcAt + t * bcStride;
            FloatVector step = FloatVector.fromArray(SPECIES, delta, i);
            FloatVector input = FloatVector.fromArray(SPECIES, deltaU, i);
            FloatVector sum = FloatVector.fromArray(SPECIES, y, i);
            h0 = exp2(step.mul(a0)).fma(h0, input.mul(bc[b]));
            sum = h0.fma(FloatVector.broadcast(SPECIES, bc[b + dState]), sum);
            h1 = exp2(step.mul(a1)).fma(h1, input.mul(bc[b + 1]));
            sum = h1.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 1]), sum);
            h2 = exp2(step.mul(a2)).fma(h2, input.mul(bc[b + 2]));
            sum = h2.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 2]), sum);
            h3 = exp2(step.mul(a3)).fma(h3, input.mul(bc[b + 3]));
            sum = h3.fma(FloatVector.broadcast(SPECIES, bc[b + dState + 3]), sum);
            sum.intoArray(y, i);
        }
        h0.intoArray(h, hAt);
        h1.intoArray(h, hAt + hStride);
        h2.intoArray(h, hAt + 2 * hStride);
        h3.intoArray(h, hAt + 3 * hStride);
    }

    @Override
    public void gate(int panel, Activations z, Activations y, int from, int to) {
        for (int c = panel * PANEL_WIDTH; c < (panel + 1) * PANEL_WIDTH; c += LANES) {
            int at = y.index(from, c);
            int end = y.index(to - 1, c);
            for (; at <= end; at += PANEL_WIDTH) {
                FloatVector gate = FloatVector.fromArray(SPECIES, z.data, at);
                FloatVector.fromArray(SPECIES, y.data, at)
                        .mul(gate.mul(sigmoid(gate)))
                        .intoArray(y.data, at);
            }
        }
    }

    @Override
    public void poolingWeights(Activations x, float[] weight, float bias, int from, int to, float[] g) {
        int channels = Activations.padded(x.channels, LANES);
        for (int row = from; row < to; row++) {
            int at = x.index(row, 0);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int c = 0; c < channels; c += LANES) {
                sum = FloatVector.fromArray(SPECIES, weight, c)
                        .fma(FloatVector.fromArray(SPECIES, x.data, at + c), sum);
            }
            g[row] = (float) (1 / (1 + Math.exp(-(sum.reduceLanes(VectorOperators.ADD) + bias))));
        }
    }

    /** 1 / (1 + e^-x), from e^-|x| so that nothing overflows. */
    private static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp2(negativeMagnitude(x).mul(LOG2_E));
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        VectorMask<Float> negative = x.test(VectorOperators.IS_NEGATIVE);
        return one.blend(e, negative).div(e.add(one));
    }

    /**
     * ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|); ln(1 + e) = e + e² q(e) on [0, 1] with q of degree 6 fitted to a
     * relative error of 2.2e-7.
     */
    private static FloatVector softplus(FloatVector x) {
        FloatVector e = exp2(negativeMagnitude(x).mul(LOG2_E));
        FloatVector q = FloatVector.broadcast(SPECIES, -0.008778945542871952f)
                .fma(e, FloatVector.broadcast(SPECIES, 0.04498660936951637f))
                .fma(e, FloatVector.broadcast(SPECIES, -0.10902287065982819f))
                .fma(e, FloatVector.broadcast(SPECIES, 0.17847205698490143f))
                .fma(e, FloatVector.broadcast(SPECIES, -0.24536865949630737f))
                .fma(e, FloatVector.broadcast(SPECIES, 0.3328406512737274f))
                .fma(e, FloatVector.broadcast(SPECIES, -0.4999817907810211f));
        FloatVector log = q.mul(e).fma(e, e);
        return log.add(x.blend(0f, x.test(VectorOperators.IS_NEGATIVE)));
    }

    private static FloatVector negativeMagnitude(FloatVector x) {
        return x.reinterpretAsInts().or(SIGN).reinterpretAsFloats();
    }

    /**
     * 2^q for q whose sign bit is set. 2^q = 2^n 2^f with n the nearest integer and |f| at most 1/2: adding 1.5 · 2^23
     * leaves n in the low bits; 2^f = 1 + f p(f) with p of degree 4 fitted to a relative error of 9.2e-8; n is added to
     * the exponent. Below 2^-126 the exponent would wrap around, so q is clamped there: as integers, negative floats
     * grow with their magnitude, which makes the clamp one instruction ({@code max} of floats is five, for NaN and -0).
     */
    private static FloatVector exp2(FloatVector q) {
        IntVector clamped = q.reinterpretAsInts().min(IntVector.broadcast(INTS, LOWEST_BITS));
        FloatVector magic = FloatVector.broadcast(SPECIES, 12582912f);
        FloatVector x = clamped.reinterpretAsFloats();
        FloatVector n = x.add(magic);
        FloatVector f = x.sub(n.sub(magic));
        FloatVector p = FloatVector.broadcast(SPECIES, 0.001326472731307149f)
                .fma(f, FloatVector.broadcast(SPECIES, 0.009671512991189957f))
                .fma(f, FloatVector.broadcast(SPECIES, 0.05550733581185341f))
                .fma(f, FloatVector.broadcast(SPECIES, 0.24022242426872253f))
                .fma(f, FloatVector.broadcast(SPECIES, 0.6931470036506653f))
                .fma(f, FloatVector.broadcast(SPECIES, 1f));
        IntVector exponent = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    }

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LOWEST_BITS = Float.floatToRawIntBits(-126f);
}

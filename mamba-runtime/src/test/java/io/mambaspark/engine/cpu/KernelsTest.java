package io.mambaspark.engine.cpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.model.WeightSink.Values;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fast kernel does what the scalar one does, on the same random numbers: for channels that fill whole panels, and
 * for such that do not.
 */
class KernelsTest {
    private static final double TOLERANCE = 2e-6;
    private static final int ROWS = 37;
    /** Two rounds of a product, the second not full. */
    private static final int INPUTS = Kernels.INPUTS_AT_ONCE + 17;

    private static final int FROM = 3;
    private static final int TO = 31;
    private static final int MIDDLE = 11;
    private static final int STATES = 8;
    private static final int TAPS = 4;
    /** The padding of a reading state's rows. */
    private static final int STATE_PADDING = 16;

    /** One kernel on numbers that depend on the seed alone; gives all that it wrote, without padding. */
    private interface Trial {
        float[] run(Kernels kernels, Random random);
    }

    private static void assertSame(String what, Trial trial) {
        float[] expected = trial.run(new ScalarKernels(), new Random(11));
        assertClose(what, trial.run(KernelChoice.best().kernels(), new Random(11)), expected, TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96})
    void products(int channels) {
        assertSame("c", (kernels, random) -> {
            PackedMatrix w = new PackedMatrix(channels, INPUTS, kernels.panelWidth());
            w.pack(gaussian(random), 0, channels);
            int rows = Activations.padded(ROWS, kernels.tileRows());
            Activations a = Activations.rowMajor(rows + 2, INPUTS + 6, kernels.panelWidth());
            fill(a, ROWS, random);
            Activations c = Activations.panelMajor(rows + 5, channels, kernels.panelWidth());
            fill(c, ROWS, random);
            kernels.multiply(w, a, 2, 6, c, 5, ROWS - 2);
            return numbers(c, 5, ROWS + 3);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96})
    void productsWithOnePanelOfWeights(int channels) {
        assertSame("c", (kernels, random) -> {
            PackedMatrix w = new PackedMatrix(channels, INPUTS, kernels.panelWidth());
            w.pack(gaussian(random), 0, channels);
            int rows = Activations.padded(ROWS, kernels.tileRows());
            Activations a = Activations.panelMajor(rows, INPUTS, Kernels.INPUTS_AT_ONCE);
            fill(a, ROWS, random);
            Activations all = Activations.panelMajor(rows, channels, kernels.panelWidth());
            for (int panel = 0; panel < w.panels(); panel++) {
                Activations c = Activations.rowMajor(rows, kernels.panelWidth(), kernels.panelWidth());
                kernels.multiply(w.panel(panel), a, 0, 0, c, 0, ROWS);
                System.arraycopy(c.data, 0, all.data, all.index(0, panel * kernels.panelWidth()), c.data.length);
            }
            return numbers(all, 0, ROWS);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 384, 1000})
    void productsOfBytes(int length) {
        byte[] a = new byte[length];
        byte[] b = new byte[length];
        Random random = new Random(length);
        random.nextBytes(a);
        random.nextBytes(b);
        assertThat(ByteProduct.of(a, b)).isEqualTo(new ScalarKernels().dot(a, b));
        Arrays.fill(a, Byte.MIN_VALUE);
        assertThat(ByteProduct.of(a, a)).isEqualTo(length << 14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96})
    void norms(int channels) {
        assertSame("norm", (kernels, random) -> {
            Activations x = Activations.rowMajor(ROWS, channels, kernels.panelWidth());
            fill(x, ROWS, random);
            Activations out = Activations.rowMajor(ROWS, channels, kernels.panelWidth());
            kernels.rmsNorm(x, vector(channels, kernels, random), 1e-5f, FROM, TO, out, 1);
            return numbers(out, 1, 1 + TO - FROM);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96, 250})
    void convolutions(int channels) {
        assertSame("u", (kernels, random) -> {
            int padded = Activations.padded(channels, kernels.panelWidth());
            Kernels.Convolution weights = new Kernels.Convolution(
                    rows(TAPS, channels, padded, random), vector(channels, kernels, random), padded, TAPS);
            int stride = Activations.padded(channels, STATE_PADDING);
            float[] tail = rows(TAPS - 1, channels, stride, random);
            Activations x = inputs(channels, random);
            Activations u = inner(channels);
            for (int panel = 0; panel < padded / kernels.panelWidth(); panel++) {
                kernels.convolve(weights, panel, panel(x, panel, kernels), tail, 0, stride, FROM, TO, u);
            }
            return numbers(u, FROM, TO);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96, 250})
    void scans(int channels) {
        assertSame("gated y, h", (kernels, random) -> {
            Kernels.Scan weights = scanWeights(channels, kernels, random);
            int stride = Activations.padded(channels, STATE_PADDING);
            float[] h = rows(STATES, channels, stride, random);
            Activations delta = inputs(channels, random);
            Activations z = inputs(channels, random);
            Activations u = inputs(channels, random);
            Activations bc = Activations.rowMajor(ROWS, 2 * STATES, kernels.panelWidth());
            fill(bc, ROWS, random);
            Strip strip = new Strip(kernels, new Arena(Strip.size(kernels)));
            for (int panel = 0; panel < weights.stride() / kernels.panelWidth(); panel++) {
                copy(panel(delta, panel, kernels), FROM, strip.delta);
                copy(panel(z, panel, kernels), FROM, strip.z);
                kernels.stepSizes(weights, panel, u, FROM, TO - FROM, strip);
                kernels.selectiveScan(weights, panel, strip, 0, MIDDLE, bc, FROM, h, 0, stride);
                kernels.selectiveScan(weights, panel, strip, MIDDLE, TO - FROM, bc, FROM + MIDDLE, h, 0, stride);
                kernels.gate(panel, strip, TO - FROM, u, FROM);
            }
            return joined(numbers(u, FROM, TO), withoutPadding(h, channels, stride));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 96})
    void poolingWeights(int channels) {
        assertSame("g", (kernels, random) -> {
            Activations x = Activations.rowMajor(ROWS, channels, kernels.panelWidth());
            fill(x, ROWS, random);
            float[] g = new float[ROWS];
            kernels.poolingWeights(x, vector(channels, kernels, random), 0.3f, FROM, TO, g);
            return g;
        });
    }

    private static Kernels.Scan scanWeights(int channels, Kernels kernels, Random random) {
        int padded = Activations.padded(channels, kernels.panelWidth());
        float[] a = rows(STATES, channels, padded, random);
        for (int i = 0; i < a.length; i++) {
            a[i] = -Math.abs(a[i]) * 20;
        }
        return new Kernels.Scan(
                a, vector(channels, kernels, random), vector(channels, kernels, random), padded, STATES);
    }

    private static Activations inner(int channels) {
        return Activations.panelMajor(ROWS, channels, Kernels.INPUTS_AT_ONCE);
    }

    private static Activations inputs(int channels, Random random) {
        Activations activations = inner(channels);
        fill(activations, ROWS, random);
        return activations;
    }

    /** One panel of them alone. */
    private static Activations panel(Activations all, int panel, Kernels kernels) {
        int width = kernels.panelWidth();
        Activations alone = Activations.rowMajor(ROWS, width, width);
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(all.data, all.index(row, panel * width), alone.data, alone.index(row, 0), width);
        }
        return alone;
    }

    /** Rows from {@code row} on to the first of {@code target}. */
    private static void copy(Activations panel, int row, Activations target) {
        System.arraycopy(
                panel.data, panel.index(row, 0), target.data, target.index(0, 0), (TO - row) * panel.rowStride);
    }

    /** Numbers of very different magnitudes, so that the functions see their flat ends too. */
    private static void fill(Activations activations, int rows, Random random) {
        for (int row = 0; row < rows; row++) {
            float scale = row % 5 == 4 ? 30 : 1;
            for (int c = 0; c < activations.channels; c++) {
                activations.data[activations.index(row, c)] = scale * (float) random.nextGaussian();
            }
        }
    }

    private static float[] vector(int channels, Kernels kernels, Random random) {
        return rows(1, channels, Activations.padded(channels, kernels.panelWidth()), random);
    }

    private static float[] rows(int count, int channels, int stride, Random random) {
        float[] rows = new float[count * stride];
        for (int row = 0; row < count; row++) {
            gaussian(random).next(rows, row * stride, channels);
        }
        return rows;
    }

    private static Values gaussian(Random random) {
        return (target, offset, count) -> {
            for (int i = offset; i < offset + count; i++) {
                target[i] = (float) random.nextGaussian();
            }
        };
    }

    private static float[] numbers(Activations activations, int from, int to) {
        float[] numbers = new float[(to - from) * activations.channels];
        int i = 0;
        for (int row = from; row < to; row++) {
            for (int c = 0; c < activations.channels; c++) {
                numbers[i++] = activations.data[activations.index(row, c)];
            }
        }
        return numbers;
    }

    private static float[] withoutPadding(float[] rows, int channels, int stride) {
        float[] numbers = new float[rows.length / stride * channels];
        for (int row = 0; row < rows.length / stride; row++) {
            System.arraycopy(rows, row * stride, numbers, row * channels, channels);
        }
        return numbers;
    }

    private static float[] joined(float[]... parts) {
        float[] all = new float[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}

package io.mambaspark.engine.cpu;

/**
 * Runs all vector kernels on a few rows before the first block, so that the JVM's profile of the Vector API's own methods
 * has seen every kind of operation when C2 compiles them.
 *
 * <p>A first block is one matrix product for seconds. Where C2 then takes fused multiply-adds for the only operation there
 * is, it meets the others as traps in {@code VectorOperators.opKind}, which is part of each operation. Traps add up over
 * all that a method inlines: above 100 ({@code -XX:PerMethodTrapLimit}) C2 makes the rest of its operations calls, with
 * vectors on the heap, up to three times slower for as long as the JVM lives.
 */
final class Rehearsal {
    private static final int ROWS = 20;
    private static final int INPUTS = 8;
    private static final int TAPS = 4;

    private Rehearsal() {}

    static void of(Kernels kernels) {
        int width = kernels.panelWidth();
        int rows = Activations.padded(ROWS, kernels.tileRows());
        Strip strip = new Strip(kernels, new Arena(Strip.size(kernels)));
        Activations x = Activations.rowMajor(rows, width, width);
        Activations u = Activations.panelMajor(rows, width, Kernels.INPUTS_AT_ONCE);
        float[] state = new float[TAPS * width];
        float[] vector = new float[width];

        Kernels.Convolution convolution = new Kernels.Convolution(new float[TAPS * width], vector, width, TAPS);
        kernels.convolve(convolution, 0, x, state, 0, width, 0, rows, u);
        Kernels.Scan scan = new Kernels.Scan(
                new float[Kernels.STATES_AT_ONCE * width], vector, vector, width, Kernels.STATES_AT_ONCE);
        kernels.stepSizes(scan, 0, u, 0, rows, strip);
        kernels.selectiveScan(scan, 0, strip, 0, rows, x, 0, state, 0, width);
        kernels.gate(0, strip, rows, u, 0);
        kernels.rmsNorm(x, vector, 1, 0, rows, x, 0);
        kernels.poolingWeights(x, vector, 0, 0, rows, new float[rows]);
        kernels.sumOfExponentials(x, rows, new float[width], new float[width]);
        kernels.dot(new byte[rows * width], new byte[rows * width]);
        kernels.multiply(new PackedMatrix(width, INPUTS, width), u, 0, 0, x, 0, rows);
    }
}

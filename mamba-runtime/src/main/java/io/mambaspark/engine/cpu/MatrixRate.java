package io.mambaspark.engine.cpu;

import java.util.concurrent.atomic.DoubleAdder;

/** Measures the matrix product of the kernels, warm, at the shape where it is fastest: the bound of reading. */
final class MatrixRate {
    private static final int ROWS = 504;
    private static final int INPUTS = 384;
    private static final int OUTPUTS = 1536;
    private static final int ROUNDS = 12;
    private static final double FLOP = 2.0 * ROWS * INPUTS * OUTPUTS;
    private static final long ROUND_NANOS = 100_000_000L;

    private MatrixRate() {}

    /** GFLOP/s of {@code threads} threads together, each with its own activations: the best of some rounds. */
    static double measure(Kernels kernels, int threads) {
        PackedMatrix weights = new PackedMatrix(OUTPUTS, INPUTS, kernels.panelWidth());
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            DoubleAdder sum = new DoubleAdder();
            try (Crew crew = new Crew(threads)) {
                crew.run((thread, progress) -> {
                    Activations left = Activations.rowMajor(ROWS, INPUTS, kernels.panelWidth());
                    Activations result = Activations.panelMajor(ROWS, OUTPUTS, kernels.panelWidth());
                    progress.step(thread);
                    for (int other = 0; other < threads; other++) {
                        progress.await(other, 1);
                    }
                    sum.add(rate(kernels, weights, left, result));
                });
            }
            best = Math.max(best, sum.sum());
        }
        return best;
    }

    private static double rate(Kernels kernels, PackedMatrix weights, Activations left, Activations result) {
        long start = System.nanoTime();
        long products = 0;
        do {
            kernels.multiply(weights, left, 0, 0, result, 0, ROWS);
            products++;
        } while (System.nanoTime() - start < ROUND_NANOS);
        return products * FLOP / (System.nanoTime() - start);
    }
}

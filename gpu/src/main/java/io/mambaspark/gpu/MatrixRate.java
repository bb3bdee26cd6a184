package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Product;

/** Measures the matrix product on a device, at the built-in model's widest shape: the bound of reading. */
final class MatrixRate {
    private static final int ROWS = 8192;
    private static final int INPUTS = 384;
    private static final int OUTPUTS = 1536;
    private static final int PRODUCTS = 10;
    private static final int ROUNDS = 10;
    private static final double ENOUGH_NANOS = 1e9;

    private MatrixRate() {}

    /** GFLOP/s of tiles of 128 x 128, the best of some rounds. */
    static double measure(DeviceChoice choice) {
        return measure(choice, Step.WIDE_PRODUCT, ROWS, INPUTS, OUTPUTS);
    }

    /** GFLOP/s of a product c = a Wᵀ; the outputs a multiple of a tile's, the inputs of a slice's. */
    static double measure(DeviceChoice choice, int step, int rows, int inputs, int outputs) {
        IntList plan = new IntList();
        for (int i = 0; i < PRODUCTS; i++) {
            plan.add(step, 0, inputs, 0, outputs, rows * inputs, outputs, rows, outputs, inputs, Product.PLAIN);
            plan.add(new int[Step.INTS - plan.size() % Step.INTS]);
        }
        Steps steps = new Steps(plan, 0, PRODUCTS, PRODUCTS, 1);
        float[] space = new float[rows * (inputs + outputs)];
        try (GpuDevice device = new GpuDevice(choice, new float[inputs * outputs], space)) {
            double best = 0;
            long began = System.nanoTime();
            for (int i = 0; i < ROUNDS && System.nanoTime() - began < ENOUGH_NANOS; i++) {
                long start = System.nanoTime();
                device.runOnce(steps, rows);
                best = Math.max(best, 2.0 * rows * inputs * outputs * PRODUCTS / (System.nanoTime() - start));
            }
            return best;
        }
    }
}

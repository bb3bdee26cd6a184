package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Scan;

/** The scan alone, on one document. */
final class ScanRate {
    private ScanRate() {}

    /** Milliseconds of the three steps together, the best of some rounds. */
    static double millis(DeviceChoice choice, int dInner, int rows, int chunk) {
        int chunks = rows / chunk;
        int states = ScanKernel.STATES * dInner;
        int u = 0;
        int delta = rows * dInner;
        int z = 2 * rows * dInner;
        int bc = 3 * rows * dInner;
        int carried = bc + rows * 2 * ScanKernel.STATES;
        int sums = carried + chunks * states;
        IntList plan = new IntList();
        for (int c = 0; c < chunks; c++) {
            plan.add(c * chunk, (c + 1) * chunk, -1, -1, c);
        }
        int chain = plan.size();
        plan.add(0, chunks, -1, -1);
        int first = plan.size();
        for (int step : new int[] {Step.SCAN_CHUNKS, Step.SCAN_CARRY, Step.SCAN_OUTPUT}) {
            plan.add(step, chunks, 0, dInner, z, dInner, u, delta, bc, 2 * ScanKernel.STATES, 0, states);
            plan.add(carried, sums, 0, 0, 0, 0, 1, chain);
            if ((plan.size() - first) % Step.INTS != 0 || Scan.CHAIN_TABLE != Step.INTS - 1) {
                throw new IllegalStateException("the operands of a scan have changed");
            }
        }
        Steps steps = new Steps(plan, first, 3, 0, 1);
        float[] space = new float[sums + chunks * dInner];
        java.util.Arrays.fill(space, u, bc, 0.1f);
        java.util.Arrays.fill(space, bc, carried, 0.5f);
        float[] weights = new float[states + dInner];
        java.util.Arrays.fill(weights, -1f);
        try (GpuDevice device = new GpuDevice(choice, weights, space)) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < 6; i++) {
                long start = System.nanoTime();
                device.runOnce(steps, rows);
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
            return best;
        }
    }
}

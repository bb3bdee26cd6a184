package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Scan;
import java.util.Arrays;

/** The scan alone, on one document in blocks: each goes on from the state that went up with it and keeps its last. */
final class ScanRate {
    private static final int ROUNDS = 6;

    private ScanRate() {}

    /** Milliseconds of the three steps together for all blocks of {@code rows} each, the best of some rounds. */
    static double millis(DeviceChoice choice, int dInner, int rows, int blocks, int chunk) {
        int chunks = rows / chunk;
        int states = ScanKernel.STATES * dInner;
        int u = 0;
        int delta = rows * dInner;
        int z = 2 * rows * dInner;
        int bc = 3 * rows * dInner;
        int carried = bc + rows * 2 * ScanKernel.STATES;
        int sums = carried + chunks * states;
        int kept = sums + chunks * dInner;
        IntList plan = new IntList();
        for (int c = 0; c < chunks; c++) {
            plan.add(c * chunk, (c + 1) * chunk, 0, 0, c);
        }
        int chain = plan.size();
        plan.add(0, chunks, 0, 0);
        int first = plan.size();
        for (int step : new int[] {Step.SCAN_CHUNKS, Step.SCAN_CARRY, Step.SCAN_OUTPUT}) {
            plan.add(step, chunks, 0, dInner, z, dInner, u, delta, bc, 2 * ScanKernel.STATES, 0, states);
            plan.add(carried, sums, 0, states, kept, states, 1, chain);
            if ((plan.size() - first) % Step.INTS != 0 || Scan.CHAIN_TABLE != Step.INTS - 1) {
                throw new IllegalStateException("the operands of a scan have changed");
            }
        }
        Steps steps = new Steps(plan, first, 3, 0, 1);
        float[] space = new float[kept + states];
        Arrays.fill(space, u, bc, 0.1f);
        Arrays.fill(space, bc, carried, 0.5f);
        float[] weights = new float[states + dInner];
        Arrays.fill(weights, -1f);
        try (GpuDevice device = new GpuDevice(choice, weights, space)) {
            device.given(states);
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                for (int block = 0; block < blocks; block++) {
                    device.runOnce(steps, rows);
                }
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
            return best;
        }
    }
}

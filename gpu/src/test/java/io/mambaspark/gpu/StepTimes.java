package io.mambaspark.gpu;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A device that runs step by step and takes the time of each kind. */
final class StepTimes extends GpuDevice {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(Step.EMBED, "embed"),
            Map.entry(Step.SCALE, "norm scale"),
            Map.entry(Step.WIDE_PRODUCT, "product 128"),
            Map.entry(Step.NARROW_PRODUCT, "product 64"),
            Map.entry(Step.CONVOLVE, "convolution"),
            Map.entry(Step.SCAN_CHUNKS, "scan 1 chunks"),
            Map.entry(Step.SCAN_CARRY, "scan 2 carry"),
            Map.entry(Step.SCAN_OUTPUT, "scan 3 output"),
            Map.entry(Step.FINISH, "final norm"),
            Map.entry(Step.POOL, "pool"),
            Map.entry(Step.GATHER, "gather"),
            Map.entry(Step.SCORE, "score"),
            Map.entry(Step.DELIVER, "deliver"),
            Map.entry(Step.CONFIRM, "confirm (a launch)"));

    private final Map<Integer, long[]> times = new TreeMap<>();
    private long last;

    StepTimes(DeviceChoice choice, float[] weights, float[] space) {
        super(choice, weights, space);
    }

    @Override
    int endOfRun(Steps steps, int step, int rows) {
        last = System.nanoTime();
        return step + 1;
    }

    @Override
    void runDone(Steps steps, int firstStep, int endStep) {
        long[] sum = times.computeIfAbsent(steps.operation(firstStep), o -> new long[2]);
        sum[0] += System.nanoTime() - last;
        sum[1]++;
    }

    /** Forgets what was measured, such as a warm-up. */
    void clear() {
        times.clear();
    }

    void print() {
        long all = times.values().stream().mapToLong(sum -> sum[0]).sum();
        times.forEach((operation, sum) -> System.out.printf(
                Locale.ROOT,
                "  %-20s %5d steps %9.3f ms %5.1f%%  %8.1f us each%n",
                NAMES.get(operation),
                sum[1],
                sum[0] / 1e6,
                100.0 * sum[0] / all,
                sum[0] / 1e3 / sum[1]));
    }
}

package io.mambaspark.gpu;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.internal.kernel.KernelManager;
import java.util.LinkedHashSet;
import java.util.List;

/** A copy in the device's memory: the bound of all steps that compute little, such as the scan. */
final class CopyRate {
    private static final int FLOATS = 1 << 26;
    private static final int PASSES = 10;
    private static final int ROUNDS = 6;

    private CopyRate() {}

    /** GB/s read and written together, the best of some rounds. */
    static double measure(DeviceChoice choice) {
        Copy copy = new Copy();
        try {
            KernelManager.instance().setPreferredDevices(copy, new LinkedHashSet<>(List.of(choice.device())));
            copy.setExplicit(true);
            Range range = choice.device().createRange(FLOATS, DeviceArrays.GROUP);
            double best = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                copy.execute(range, PASSES);
                best = Math.max(best, 2.0 * Float.BYTES * FLOATS * PASSES / (System.nanoTime() - start));
            }
            return best;
        } finally {
            copy.dispose();
        }
    }

    private static final class Copy extends Kernel {
        final float[] from = new float[FLOATS];
        final float[] to = new float[FLOATS];

        @Override
        public void run() {
            int i = getGlobalId(0);
            to[i] = from[i];
        }
    }
}

package io.mambaspark.gpu;

import io.mambaspark.gpu.DeviceWeights.Layer;
import io.mambaspark.gpu.DeviceWeights.Matrix;
import io.mambaspark.gpu.Step.Product;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From how many rows on a product is sooner done in wide tiles than in narrow ones. That depends on how many tiles a device
 * runs at a time, which no device reports, so it is tried when an engine opens, once in a process for each device and
 * shape. Nothing else about a result depends on it: both kinds of tile add up in the same order.
 */
final class TileTrial {
    /** Products of these many rows are tried, as far as a block goes. */
    private static final int[] ROWS = {128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int ROUNDS = 3;
    private static final double FLOPS_A_ROUND = 2e9;
    private static final int MOST_PRODUCTS = 16;

    private static final Map<Shape, Integer> WIDE_FROM = new ConcurrentHashMap<>();

    /** A product on a device, in blocks of at most that many rows. */
    record Shape(String device, int outputs, int inputs, int blockTokens) {}

    private final GpuDevice device;
    private final SpaceLayout space;

    private TileTrial(GpuDevice device, SpaceLayout space) {
        this.device = device;
        this.space = space;
    }

    /** Tries the products of a layer in {@code space}, which holds nothing yet. */
    static TileTrial on(GpuDevice device, DeviceWeights weights, SpaceLayout space) {
        TileTrial trial = new TileTrial(device, space);
        Layer layer = weights.layers.get(0);
        for (Matrix w : new Matrix[] {layer.in(), layer.inputs(), layer.delta(), layer.out()}) {
            WIDE_FROM.computeIfAbsent(trial.shape(w), shape -> trial.wideFrom(w));
        }
        return trial;
    }

    /** What was found so far in this process. */
    static Map<Shape, Integer> known() {
        return Map.copyOf(WIDE_FROM);
    }

    private Shape shape(Matrix w) {
        return new Shape(device.name(), w.outputs(), w.inputs(), space.tokens);
    }

    boolean wide(Matrix w, int rows) {
        return rows >= WIDE_FROM.getOrDefault(shape(w), MatrixKernel.WIDE);
    }

    private int wideFrom(Matrix w) {
        for (int rows : ROWS) {
            if (rows <= space.tokens && nanos(Step.WIDE_PRODUCT, w, rows) < nanos(Step.NARROW_PRODUCT, w, rows)) {
                return rows;
            }
        }
        return NEVER;
    }

    /** Of some products, the best of some rounds behind one that does not count. */
    private long nanos(int step, Matrix w, int rows) {
        int products =
                (int) Math.max(1, Math.min(MOST_PRODUCTS, FLOPS_A_ROUND / (2.0 * rows * w.outputs() * w.inputs())));
        IntList plan = new IntList();
        for (int i = 0; i < products; i++) {
            plan.add(step, space.xz, w.inputs(), w.place(), w.stride(), space.u, w.outputs(), rows, w.outputs());
            plan.add(w.inputs(), Product.PLAIN);
            plan.add(new int[Step.INTS - plan.size() % Step.INTS]);
        }
        Steps steps = new Steps(plan, 0, products, 0, 1);
        long best = Long.MAX_VALUE;
        for (int round = 0; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            device.runOnce(steps, rows);
            best = round == 0 ? best : Math.min(best, System.nanoTime() - start);
        }
        return best / products;
    }
}

package io.mambaspark.gpu;

import java.util.Locale;

/**
 * How much of a device and of the heap a model takes, decided before anything is taken.
 *
 * @param tokens      of a block
 * @param wanted      tokens of a block if all of them fitted
 * @param weightBytes of the weights
 * @param blockBytes  of all that a block needs
 * @param explanation the figures, for operators
 */
record MemoryPlan(int tokens, int wanted, long weightBytes, long blockBytes, String explanation) {
    /** The most floats of an array: Aparapi counts its bytes in an int. */
    static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private static final long MEGABYTE = 1L << 20;

    /**
     * What may be used.
     *
     * @param deviceBytes   memory of the device
     * @param mostAllocated bytes of one allocation there
     * @param heapBytes     the largest that the heap can grow
     */
    record Limits(long deviceBytes, long mostAllocated, long heapBytes, double memoryFraction, double heapFraction) {
        long usable() {
            return (long) Math.min(deviceBytes * memoryFraction, heapBytes * heapFraction);
        }

        long ofOneArray() {
            return Math.min(mostAllocated, (long) MOST_FLOATS * Float.BYTES);
        }

        String figures() {
            return String.format(
                    Locale.ROOT,
                    "the device has %,d MB, of which %.0f%% may be used (spark.mamba.gpu.memoryFraction), and each byte there"
                            + " has a twin in the Java heap of %,d MB, of which %.0f%% may be used"
                            + " (spark.mamba.gpu.heapFraction)",
                    deviceBytes / MEGABYTE,
                    memoryFraction * 100,
                    heapBytes / MEGABYTE,
                    heapFraction * 100);
        }
    }

    /** Blocks of {@code wanted} tokens, or of half as many until they fit. */
    static MemoryPlan of(DeviceWeights weights, int wanted, Limits limits) {
        int tokens = DeviceShape.padded(wanted, MatrixKernel.WIDE);
        if (weights.bytes() > limits.ofOneArray()) {
            throw GpuException.memory(
                    String.format(
                            Locale.ROOT,
                            "its weights are %,d MB in float32, an array on the device at most %,d MB",
                            weights.bytes() / MEGABYTE,
                            limits.ofOneArray() / MEGABYTE),
                    "Use a smaller model");
        }
        while (!fits(weights, tokens, limits)) {
            if (tokens == MatrixKernel.WIDE) {
                throw GpuException.memory(
                        figures(weights, tokens) + "; " + limits.figures(), advice(weights, tokens, limits));
            }
            tokens = DeviceShape.padded(tokens / 2, MatrixKernel.WIDE);
        }
        String shrunk = tokens < wanted ? "; " + larger(weights, wanted, limits) : "";
        return new MemoryPlan(
                tokens,
                wanted,
                weights.bytes(),
                blockBytes(weights.shape(), tokens),
                figures(weights, tokens) + shrunk + "; " + limits.figures());
    }

    private static String larger(DeviceWeights weights, int wanted, Limits limits) {
        int tokens = DeviceShape.padded(wanted, MatrixKernel.WIDE);
        return String.format(Locale.ROOT, "for blocks of %,d tokens: %s", wanted, advice(weights, tokens, limits));
    }

    private static boolean fits(DeviceWeights weights, int tokens, Limits limits) {
        return new SpaceLayout(weights.shape(), tokens).bytes() <= limits.ofOneArray()
                && weights.bytes() + blockBytes(weights.shape(), tokens) <= limits.usable();
    }

    /** Activations, and the way up and down: states of documents that go on, sums of pieces at one a token. */
    private static long blockBytes(DeviceShape shape, int tokens) {
        long states = 2L * SpaceLayout.KEPT * shape.given();
        long pieces = (long) tokens * shape.pieceWidth();
        return new SpaceLayout(shape, tokens).bytes() + (states + pieces) * Float.BYTES;
    }

    private static String figures(DeviceWeights weights, int tokens) {
        return String.format(
                Locale.ROOT,
                "weights of %,d MB and blocks of %,d tokens with %,d MB",
                weights.bytes() / MEGABYTE,
                tokens,
                blockBytes(weights.shape(), tokens) / MEGABYTE);
    }

    private static String advice(DeviceWeights weights, int tokens, Limits limits) {
        long needed = weights.bytes() + blockBytes(weights.shape(), tokens);
        boolean oneArray = new SpaceLayout(weights.shape(), tokens).bytes() <= limits.ofOneArray();
        if (needed > limits.deviceBytes() * limits.memoryFraction() || !oneArray) {
            return "Use a device with more memory";
        }
        long heap = (long) (needed / limits.heapFraction()) / MEGABYTE + 1;
        return "Give the executor a heap of at least " + heap + " MB (--executor-memory)";
    }
}

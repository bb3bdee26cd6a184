package io.mambaspark.gpu;

import io.mambaspark.gpu.DeviceWeights.Matrix;

/**
 * How the work of a block is cut up on a device.
 *
 * @param chunk rows of a chunk of the scan: as many as still leave every compute unit something to do
 * @param tiles which products are made of wide tiles
 */
record Tuning(int chunk, TileTrial tiles) {
    /** Groups that a compute unit should find in a scan: fewer leave some idle while the last ones end. */
    private static final int GROUPS_A_UNIT = 2;
    /** Tokens that keep a compute unit busy through all layers. */
    private static final int TOKENS_A_UNIT = 64;
    /** Fewer make a device slower that has few compute units; more gain little and take heap, as each byte has a twin there. */
    private static final int SMALLEST_BLOCK = 512;

    private static final int LARGEST_BLOCK = 8192;

    /** Tries what cannot be told from what the device reports. */
    static Tuning of(GpuDevice device, DeviceWeights weights, SpaceLayout space) {
        return new Tuning(
                chunk(space.tokens, weights.shape().dInner(), device.computeUnits()),
                TileTrial.on(device, weights, space));
    }

    /** Tokens of a block unless somebody asks for others. */
    static int blockTokens(int computeUnits) {
        return Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, computeUnits * TOKENS_A_UNIT));
    }

    static int chunk(int tokens, int dInner, int computeUnits) {
        int strips = DeviceShape.padded(dInner, DeviceArrays.GROUP) / DeviceArrays.GROUP;
        boolean enough = tokens / ScanKernel.LONGEST_CHUNK * strips >= computeUnits * GROUPS_A_UNIT;
        return enough ? ScanKernel.LONGEST_CHUNK : ScanKernel.SHORTEST_CHUNK;
    }

    boolean wide(Matrix w, int rows) {
        return tiles.wide(w, rows);
    }
}

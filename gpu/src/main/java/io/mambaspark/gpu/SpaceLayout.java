package io.mambaspark.gpu;

/** Where the activations of a block lie in the device's {@code space}: one array, used again for every layer and block. */
final class SpaceLayout {
    /** Documents of a block that may go on behind it. */
    static final int KEPT = 32;

    final DeviceShape shape;
    /** Rows: a multiple of a tile's, so that a product may read whole tiles. */
    final int tokens;
    /** The residual stream {@code [tokens, d_model]}. */
    final int x;
    /** x' and z {@code [tokens, 2 d_inner]}; behind the layers, the rows whose logits are wanted. */
    final int xz;
    /** The input of the scan {@code [tokens, d_inner]}, then its output. */
    final int u;
    /** Δ {@code [tokens, d_inner]}. */
    final int delta;
    /** B, C and the low-rank Δ. */
    final int bc;

    final int scale;
    final int g;
    /** Of each chunk of a segment of several, the state it starts from {@code [slots, states, d_inner]}. */
    final int carried;
    /** Of the same chunks, the sum of the step sizes {@code [slots, d_inner]}. */
    final int stepSums;
    /** The states of documents that go on {@code [KEPT, state]}. */
    final int kept;

    final int epoch;
    private final long floats;

    SpaceLayout(DeviceShape shape, int tokens) {
        this.shape = shape;
        this.tokens = tokens;
        Places places = new Places();
        x = places.next((long) tokens * shape.dModel());
        xz = places.next((long) tokens * shape.xzWidth());
        u = places.next((long) tokens * shape.dInner());
        delta = places.next((long) tokens * shape.dInner());
        bc = places.next((long) tokens * shape.bcWidth());
        scale = places.next(tokens);
        g = places.next(tokens);
        carried = places.next((long) slots() * shape.scanState());
        stepSums = places.next((long) slots() * shape.dInner());
        kept = places.next((long) KEPT * shape.state());
        epoch = places.next(1);
        floats = places.used;
    }

    /** The most chunks that segments of several chunks can have: one row more than a chunk makes two. */
    private int slots() {
        return 2 * (tokens / ScanKernel.SHORTEST_CHUNK);
    }

    /** Floats from {@link #u} on that are free behind the layers. */
    int spare() {
        return 2 * tokens * shape.dInner();
    }

    /** The array, all zero. */
    float[] allocate() {
        return new float[Math.toIntExact(floats)];
    }

    long bytes() {
        return floats * Float.BYTES;
    }

    /** Places one behind the other; wrong beyond the largest array, which is never made. */
    private static final class Places {
        private long used;

        int next(long count) {
            int place = (int) used;
            used += count;
            return place;
        }
    }
}

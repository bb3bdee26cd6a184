package io.mambaspark.engine.cpu;

import io.mambaspark.model.ModelConfig;

/** The activations of one block: fixed in size, used again for every layer and every block. One call at a time. */
final class Workspace {
    /** Rows that a thread takes through a matrix product at once: their left side stays in the second-level cache. */
    private static final int ROWS_AT_ONCE = 72;

    final int capacity;
    /** The residual stream {@code [tokens, d_model]}, row-major. */
    final Activations x;
    /** What a layer makes of it before in_proj {@code [tokens, d_model]}, row-major. */
    final Activations normed;
    /** Input of the convolution {@code [tokens, d_inner]}; afterwards the output of the scan. */
    final Activations conv;
    /** What opens the gate {@code [tokens, d_inner]}. */
    final Activations z;
    /** Input of the scan {@code [tokens, d_inner]}. */
    final Activations u;
    /** B, C and the low-rank Δ {@code [tokens, 2 d_state + dt_rank]}, row-major. */
    final Activations bcDelta;
    /** Δ {@code [tokens, d_inner]}. */
    final Activations delta;
    /** Δ u {@code [tokens, d_inner]}. */
    final Activations deltaU;
    /** The share of each token in its piece's sum, {@code [tokens]}. */
    final float[] g;
    /** For each thread, the rows that it multiplies at the moment. */
    final Activations[] left;

    /** For each thread, what these rows add to the residual stream. */
    final Activations[] product;

    final int rowsAtOnce;

    Workspace(ModelConfig config, Kernels kernels, int blockTokens, int threads) {
        int width = kernels.panelWidth();
        capacity = Activations.padded(blockTokens, kernels.tileRows());
        rowsAtOnce = Math.min(capacity, Activations.padded(ROWS_AT_ONCE, kernels.tileRows()));
        x = Activations.rowMajor(capacity, config.dModel(), width);
        normed = Activations.rowMajor(capacity, config.dModel(), width);
        conv = Activations.panelMajor(capacity, config.dInner(), width);
        z = Activations.panelMajor(capacity, config.dInner(), width);
        u = Activations.panelMajor(capacity, config.dInner(), width);
        bcDelta = Activations.rowMajor(capacity, 2 * config.dState() + config.dtRank(), width);
        delta = Activations.panelMajor(capacity, config.dInner(), width);
        deltaU = Activations.panelMajor(capacity, config.dInner(), width);
        g = new float[capacity];
        left = new Activations[threads];
        product = new Activations[threads];
        for (int i = 0; i < threads; i++) {
            left[i] = Activations.rowMajor(rowsAtOnce, config.dInner(), width);
            product[i] = Activations.rowMajor(rowsAtOnce, config.dModel(), width);
        }
    }

    long bytes() {
        long sum = (long) g.length * Float.BYTES;
        for (Activations a : new Activations[] {x, normed, conv, z, u, bcDelta, delta, deltaU}) {
            sum += a.bytes();
        }
        return sum + left.length * (left[0].bytes() + product[0].bytes());
    }
}

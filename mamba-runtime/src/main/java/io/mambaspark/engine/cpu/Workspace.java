package io.mambaspark.engine.cpu;

import io.mambaspark.model.ModelConfig;

/** The activations of one block: fixed in size, used again for every layer and every block. One call at a time. */
final class Workspace {
    private final Arena arena;
    final int capacity;
    /** The residual stream {@code [tokens, d_model]}, row-major. */
    final Activations x;
    /** What a layer makes of it before in_proj {@code [tokens, d_model]}, row-major. */
    final Activations normed;
    /**
     * Input of the scan {@code [tokens, d_inner]}; afterwards its output, gated. As wide as a product takes inputs at
     * once, so that those of one round are adjacent.
     */
    final Activations u;
    /** B, C and the low-rank Δ {@code [tokens, 2 d_state + dt_rank]}, row-major. */
    final Activations bcDelta;
    /** The share of each token in its piece's sum, {@code [tokens]}. */
    final float[] g;
    /** One panel of the convolution's input {@code [tokens, panel width]}. */
    final Activations convolutionInput;
    /** For each thread, what it scans at the moment. */
    final Strip[] strips;
    /** For each thread, what it remembers of documents that are in the block whole. */
    final LayerStates[] passing;

    Workspace(ModelConfig config, Kernels kernels, int blockTokens, int threads) {
        int width = kernels.panelWidth();
        capacity = Activations.padded(blockTokens, kernels.tileRows());
        int scanInputs = 2 * config.dState() + config.dtRank();
        long size = 2L * Activations.size(capacity, config.dModel(), width)
                + Activations.size(capacity, config.dInner(), Kernels.INPUTS_AT_ONCE)
                + Activations.size(capacity, scanInputs, width)
                + Activations.size(capacity, width, width)
                + (long) threads * Strip.size(kernels);
        arena = new Arena(size);
        x = arena.rowMajor(capacity, config.dModel(), width);
        normed = arena.rowMajor(capacity, config.dModel(), width);
        u = arena.panelMajor(capacity, config.dInner(), Kernels.INPUTS_AT_ONCE);
        bcDelta = arena.rowMajor(capacity, scanInputs, width);
        convolutionInput = arena.rowMajor(capacity, width, width);
        g = new float[capacity];
        strips = new Strip[threads];
        passing = new LayerStates[threads];
        for (int i = 0; i < threads; i++) {
            strips[i] = new Strip(kernels, arena);
            passing[i] = LayerStates.passing(config);
        }
    }

    long bytes() {
        return arena.bytes() + (long) g.length * Float.BYTES + passing.length * passing[0].bytes();
    }
}

package io.mambaspark.engine.cpu;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.ModelConfig;
import java.util.Map;

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
        bytes(config, kernels, blockTokens, threads); // refuses what the casts below would cut off
        capacity = Activations.padded(blockTokens, kernels.tileRows());
        int scanInputs = 2 * config.dState() + config.dtRank();
        arena = new Arena(floats(config, kernels, blockTokens, threads));
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

    /**
     * The memory of a workspace; takes none.
     *
     * @throws MambaException MAMBA_ENGINE_OPTION if a block cannot have so many tokens
     */
    static long bytes(ModelConfig config, Kernels kernels, int blockTokens, int threads) {
        long floats = floats(config, kernels, blockTokens, threads);
        if (Arena.LEAD + floats > WeightSizes.LONGEST_ARRAY) {
            long most = WeightSizes.LONGEST_ARRAY / (floats / blockTokens + 1);
            throw MambaException.of(
                    "MAMBA_ENGINE_OPTION",
                    Map.of(
                            "option",
                            "blockTokens",
                            "value",
                            Integer.toString(blockTokens),
                            "expected",
                            "at most " + most + " with this model"));
        }
        long passing = (config.dConv() - 1L + config.dState()) * new ReadingState(config).stride();
        return (Arena.LEAD + floats + padded(blockTokens, kernels.tileRows()) + threads * passing) * Float.BYTES;
    }

    private static long floats(ModelConfig config, Kernels kernels, int blockTokens, int threads) {
        int width = kernels.panelWidth();
        long channels = 2 * padded(config.dModel(), width)
                + padded(config.dInner(), Kernels.INPUTS_AT_ONCE)
                + padded(2L * config.dState() + config.dtRank(), width)
                + width;
        return padded(blockTokens, kernels.tileRows()) * channels + (long) threads * Strip.size(kernels);
    }

    private static long padded(long count, int unit) {
        return (count + unit - 1) / unit * unit;
    }

    long bytes() {
        return arena.bytes() + (long) g.length * Float.BYTES + passing.length * passing[0].bytes();
    }
}

package io.mambaspark.engine.cpu;

import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import java.util.Arrays;

/**
 * One block through all layers, by the threads of a crew. What sums over channels shares the rows among the threads,
 * what runs along time shares the panels of channels; after each step of a layer all wait for each other.
 *
 * <pre>
 * x += out_proj( y ⊙ silu(z) ),   [x', z] = in_proj(norm(x)),   u = silu(conv(x')),
 * [B, C, Δ'] = x_proj(u),   Δ = softplus(dt_proj(Δ') + bias),   y = scan(Δ, A, B, C, D, u)
 * </pre>
 *
 * <p>Of what is as wide as d_inner, only u is kept for the whole block, and y takes its place: x', z and Δ are made panel
 * by panel just before they are read, so that they never leave the second-level cache.
 */
final class ForwardPass {
    private final Kernels kernels;
    private final CpuWeights weights;
    private final Workspace space;
    private final TokenBlock block;
    private final int rows;
    /** Whole tiles, and for each thread always the same rows: they stay in its core's caches. */
    private final int rowsOfAThread;

    ForwardPass(Kernels kernels, CpuWeights weights, Workspace space, TokenBlock block, int threads) {
        this.kernels = kernels;
        this.weights = weights;
        this.space = space;
        this.block = block;
        this.rows = block.length();
        this.rowsOfAThread = Activations.padded((rows + threads - 1) / threads, kernels.tileRows());
    }

    /** One thread's part. Afterwards {@code x} holds the output of the final norm, {@code g} the pooling weights. */
    void run(int thread, Crew.Phases phases) {
        shareRows(thread, phases, (from, to) -> {
            embed(from, to);
            normalize(0, from, to);
        });
        for (int i = 0; i < weights.layers.size(); i++) {
            int layer = i;
            CpuLayer w = weights.layers.get(layer);
            phases.share(w.inX.panels(), panel -> convolve(w, layer, panel, space.convolutionInputs[thread]));
            shareRows(
                    thread, phases, (from, to) -> product(w.inputs, space.u, from, 0, space.bcDelta, from, to - from));
            phases.share(w.inX.panels(), panel -> scan(w, layer, panel, space.strips[thread]));
            shareRows(thread, phases, (from, to) -> {
                kernels.multiply(w.out, space.u, from, 0, space.x, from, to - from);
                normalize(layer + 1, from, to);
            });
        }
    }

    private interface Rows {
        void run(int from, int to);
    }

    private void shareRows(int thread, Crew.Phases phases, Rows work) {
        int from = Math.min(rows, thread * rowsOfAThread);
        work.run(from, Math.min(rows, from + rowsOfAThread));
        phases.await();
    }

    private void embed(int from, int to) {
        int dModel = weights.config.dModel();
        for (int row = from; row < to; row++) {
            System.arraycopy(
                    weights.embeddings.data, block.tokens()[row] * dModel, space.x.data, space.x.index(row, 0), dModel);
        }
        // The surplus rows of the last tile are computed too: they must not grow from call to call.
        space.x.zeroRows(to, Math.min(space.capacity, Activations.padded(to, kernels.tileRows())));
    }

    /** x for that layer; behind the last, x itself, and the pooling weights. */
    private void normalize(int layer, int from, int to) {
        float epsilon = weights.config.normEpsilon();
        if (layer < weights.layers.size()) {
            kernels.rmsNorm(space.x, weights.layers.get(layer).norm, epsilon, from, to, space.normed, from);
            return;
        }
        kernels.rmsNorm(space.x, weights.finalNorm, epsilon, from, to, space.x, from);
        if (weights.gate == null) {
            Arrays.fill(space.g, from, to, 1f);
        } else {
            kernels.poolingWeights(space.x, weights.gate, weights.gateBias, from, to, space.g);
        }
    }

    /** c = a Wᵀ, where {@code multiply} adds to c. */
    private void product(PackedMatrix w, Activations a, int aRow, int aChannel, Activations c, int cRow, int count) {
        c.zeroRows(cRow, Math.min(c.rows, cRow + Activations.padded(count, kernels.tileRows())));
        kernels.multiply(w, a, aRow, aChannel, c, cRow, count);
    }

    /** u of one panel from the normed x, and the last inputs of its convolution for what is read next. */
    private void convolve(CpuLayer w, int layer, int panel, Activations x) {
        product(w.inX.panel(panel), space.normed, 0, 0, x, 0, rows);
        int tailRows = weights.config.dConv() - 1;
        for (Segment segment : block.segments()) {
            int stride = segment.state().stride();
            kernels.convolve(
                    w.convolution,
                    panel,
                    x,
                    segment.state().conv(),
                    layer * tailRows * stride,
                    stride,
                    segment.start(),
                    segment.end(),
                    space.u);
            keepTail(segment, layer, panel, x);
        }
    }

    private void keepTail(Segment segment, int layer, int panel, Activations x) {
        int tailRows = weights.config.dConv() - 1;
        int stride = segment.state().stride();
        int channel = panel * kernels.panelWidth();
        int count = Math.min(kernels.panelWidth(), stride - channel);
        float[] tail = segment.state().conv();
        int tailAt = layer * tailRows * stride + channel;
        for (int i = 0; i < tailRows && count > 0; i++) {
            int source = segment.length() - tailRows + i;
            if (source >= 0) {
                System.arraycopy(x.data, x.index(segment.start() + source, 0), tail, tailAt + i * stride, count);
            } else {
                System.arraycopy(tail, tailAt + (source + tailRows) * stride, tail, tailAt + i * stride, count);
            }
        }
    }

    /** u of one panel becomes y ⊙ silu(z), strip by strip. */
    private void scan(CpuLayer w, int layer, int panel, Strip strip) {
        PackedMatrix inZ = w.inZ.panel(panel);
        PackedMatrix dtProj = w.delta.panel(panel);
        int lowRank = 2 * weights.config.dState();
        for (int row = 0; row < rows; row += strip.rows) {
            int count = Math.min(strip.rows, rows - row);
            product(dtProj, space.bcDelta, row, lowRank, strip.delta, 0, count);
            kernels.stepSizes(w.scan, panel, space.u, row, count, strip);
            for (Segment segment : block.segments()) {
                scan(w, layer, panel, segment, strip, row, row + count);
            }
            product(inZ, space.normed, row, 0, strip.z, 0, count);
            kernels.gate(panel, strip, count, space.u, row);
        }
    }

    /** What a strip of rows [from, to) has of a segment. */
    private void scan(CpuLayer w, int layer, int panel, Segment segment, Strip strip, int from, int to) {
        int first = Math.max(from, segment.start());
        int last = Math.min(to, segment.end());
        if (first < last) {
            int stride = segment.state().stride();
            float[] h = segment.state().ssm();
            int hAt = layer * weights.config.dState() * stride;
            kernels.selectiveScan(
                    w.scan, panel, strip, first - from, last - from, space.bcDelta, first, h, hAt, stride);
        }
    }
}

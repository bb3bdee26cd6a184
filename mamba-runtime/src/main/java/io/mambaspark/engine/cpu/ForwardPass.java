package io.mambaspark.engine.cpu;

import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import java.util.Arrays;

/**
 * One block through all layers, by the threads of a crew. Matrix products share the rows among the threads, what runs
 * along time shares the channels; three times a layer all wait for each other.
 *
 * <pre>
 * x += out_proj( y ⊙ silu(z) ),   [x', z] = in_proj(norm(x)),   u = silu(conv(x')),
 * [B, C, Δ'] = x_proj(u),   Δ = softplus(dt_proj(Δ') + bias),   y = scan(Δ, A, B, C, D, u)
 * </pre>
 */
final class ForwardPass {
    /** Tokens that the scan takes one panel through at once: what it touches stays in the first-level cache. */
    private static final int SCAN_TOKENS = 128;

    private final Kernels kernels;
    private final CpuWeights weights;
    private final Workspace space;
    private final TokenBlock block;
    private final int threads;
    private final int rows;

    ForwardPass(Kernels kernels, CpuWeights weights, Workspace space, TokenBlock block, int threads) {
        this.kernels = kernels;
        this.weights = weights;
        this.space = space;
        this.block = block;
        this.threads = threads;
        this.rows = block.length();
    }

    /** One thread's part. Afterwards {@code x} holds the output of the final norm, {@code g} the pooling weights. */
    void run(int thread, Crew.Phases phases) {
        int share = Activations.padded((rows + threads - 1) / threads, kernels.tileRows());
        int from = Math.min(rows, thread * share);
        int to = Math.min(rows, from + share);
        embed(from, to);
        for (int layer = 0; layer < weights.layers.size(); layer++) {
            CpuLayer w = weights.layers.get(layer);
            project(w, from, to);
            phases.await();
            convolve(w, layer, space.left[thread], from, to);
            phases.await();
            for (int panel = thread; panel < space.u.panels(); panel += threads) {
                keepTails(layer, panel);
                scan(w, layer, panel);
            }
            phases.await();
            projectBack(w, space.left[thread], space.product[thread], from, to);
        }
        kernels.rmsNorm(space.x, weights.finalNorm, weights.config.normEpsilon(), from, to, space.x, from);
        poolingWeights(from, to);
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

    /** All rows at once: the weights of in_proj are larger than the second-level cache. */
    private void project(CpuLayer w, int from, int to) {
        kernels.rmsNorm(space.x, w.norm, weights.config.normEpsilon(), from, to, space.normed, from);
        kernels.multiply(w.inX, space.normed, from, 0, space.conv, from, to - from);
        kernels.multiply(w.inZ, space.normed, from, 0, space.z, from, to - from);
    }

    private void convolve(CpuLayer w, int layer, Activations left, int from, int to) {
        int tailRows = weights.config.dConv() - 1;
        for (Segment segment : block.segments()) {
            int first = Math.max(from, segment.start());
            int last = Math.min(to, segment.end());
            if (first < last) {
                int stride = segment.state().stride();
                float[] tail = segment.state().conv();
                kernels.convolve(
                        w.convolution,
                        space.conv,
                        tail,
                        layer * tailRows * stride,
                        stride,
                        segment.start(),
                        first,
                        last,
                        space.u);
            }
        }
        int deltaChannel = 2 * weights.config.dState();
        for (int row = from; row < to; row += space.rowsAtOnce) {
            int count = Math.min(to, row + space.rowsAtOnce) - row;
            space.u.copyRows(row, count, left);
            kernels.multiply(w.inputs, left, 0, 0, space.bcDelta, row, count);
            kernels.multiply(w.delta, space.bcDelta, row, deltaChannel, space.delta, row, count);
        }
    }

    /** Keeps the last inputs of the convolution in each segment's state, for one panel of channels. */
    private void keepTails(int layer, int panel) {
        int tailRows = weights.config.dConv() - 1;
        for (Segment segment : block.segments()) {
            int stride = segment.state().stride();
            int channel = panel * kernels.panelWidth();
            int count = Math.min(kernels.panelWidth(), stride - channel);
            float[] tail = segment.state().conv();
            int tailAt = layer * tailRows * stride + channel;
            for (int i = 0; i < tailRows && count > 0; i++) {
                int source = segment.length() - tailRows + i;
                if (source >= 0) {
                    int at = space.conv.index(segment.start() + source, channel);
                    System.arraycopy(space.conv.data, at, tail, tailAt + i * stride, count);
                } else {
                    System.arraycopy(tail, tailAt + (source + tailRows) * stride, tail, tailAt + i * stride, count);
                }
            }
        }
    }

    private void scan(CpuLayer w, int layer, int panel) {
        Activations y = space.conv;
        int dState = weights.config.dState();
        for (Segment segment : block.segments()) {
            int stride = segment.state().stride();
            for (int t = segment.start(); t < segment.end(); t += SCAN_TOKENS) {
                int end = Math.min(segment.end(), t + SCAN_TOKENS);
                kernels.stepSizes(w.scan, panel, space.delta, space.u, space.deltaU, y, t, end);
                kernels.selectiveScan(
                        w.scan,
                        panel,
                        space.delta,
                        space.deltaU,
                        space.bcDelta,
                        segment.state().ssm(),
                        layer * dState * stride,
                        stride,
                        y,
                        t,
                        end);
                kernels.gate(panel, space.z, y, t, end);
            }
        }
    }

    private void projectBack(CpuLayer w, Activations left, Activations product, int from, int to) {
        Activations y = space.conv;
        for (int row = from; row < to; row += space.rowsAtOnce) {
            int count = Math.min(to, row + space.rowsAtOnce) - row;
            y.copyRows(row, count, left);
            kernels.multiply(w.out, left, 0, 0, product, 0, count);
            space.x.addRows(row, count, product);
        }
    }

    private void poolingWeights(int from, int to) {
        if (weights.gate == null) {
            Arrays.fill(space.g, from, to, 1f);
        } else {
            kernels.poolingWeights(space.x, weights.gate, weights.gateBias, from, to, space.g);
        }
    }
}

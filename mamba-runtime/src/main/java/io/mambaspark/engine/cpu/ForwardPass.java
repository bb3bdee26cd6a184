package io.mambaspark.engine.cpu;

import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread of a crew does for a block: some of its rows, through all layers.
 *
 * <pre>
 * x += out_proj( y ⊙ silu(z) ),   [x', z] = in_proj(norm(x)),   u = silu(conv(x')),
 * [B, C, Δ'] = x_proj(u),   Δ = softplus(dt_proj(Δ') + bias),   y = scan(Δ, A, B, C, D, u)
 * </pre>
 *
 * <p>Only the convolution and the scan look back in time. They go on from the state that the thread of the rows before
 * leaves for a panel of channels, as they do from block to block; so the threads follow each other panel by panel, a
 * step behind, and nothing else passes from one core to another.
 *
 * <p>Of what is as wide as d_inner, only u is kept for all rows, and y takes its place: x', z and Δ are made panel by
 * panel just before they are read, so that they never leave the second-level cache.
 */
final class ForwardPass {
    private final Kernels kernels;
    private final CpuWeights weights;
    private final Workspace space;
    private final int[] tokens;
    private final int thread;
    /** Rows [from, to); from is the first of a tile. */
    private final int from;

    private final int to;
    private final List<Part> parts;
    /** The first document's state comes from the thread before. */
    private final boolean goesOn;

    /** The rows [start, end) that this thread has of a document. */
    private record Part(int start, int end, LayerStates states) {}

    /** Not while another one is made for the same block: both may ask for the arrays of a state. */
    ForwardPass(Kernels kernels, CpuWeights weights, Workspace space, TokenBlock block, int thread, int threads) {
        this.kernels = kernels;
        this.weights = weights;
        this.space = space;
        this.tokens = block.tokens();
        this.thread = thread;
        int rows = block.length();
        int most = Activations.padded((rows + threads - 1) / threads, kernels.tileRows());
        from = Math.min(rows, thread * most);
        to = Math.min(rows, from + most);
        parts = parts(block.segments());
        goesOn = block.segments().stream().anyMatch(segment -> segment.start() < from && segment.end() > from);
    }

    private List<Part> parts(List<Segment> segments) {
        List<Part> result = new ArrayList<>();
        for (Segment segment : segments) {
            int start = Math.max(from, segment.start());
            int end = Math.min(to, segment.end());
            if (start < end) {
                boolean whole = segment.whole() && end - start == segment.length();
                result.add(new Part(
                        start,
                        end,
                        whole ? space.passing[thread] : LayerStates.lasting(segment.state(), weights.config)));
            }
        }
        return result;
    }

    /** Afterwards {@code x} holds the output of the final norm, {@code g} the pooling weights, for these rows. */
    void run(Crew.Progress progress) {
        if (from == to) {
            return;
        }
        embed();
        normalize(0);
        int steps = 0;
        for (int layer = 0; layer < weights.layers.size(); layer++) {
            CpuLayer w = weights.layers.get(layer);
            for (int panel = 0; panel < w.inX.panels(); panel++) {
                PackedMatrix inX = w.inX.panel(panel);
                product(inX, space.normed, from, 0, space.convolutionInput, from, to - from);
                awaitState(progress, ++steps);
                convolve(w, layer, panel);
                progress.step(thread);
            }
            product(w.inputs, space.u, from, 0, space.bcDelta, from, to - from);
            for (int panel = 0; panel < w.inX.panels(); panel++) {
                awaitState(progress, ++steps);
                scan(w, layer, panel);
                progress.step(thread);
            }
            kernels.multiply(w.out, space.u, from, 0, space.x, from, to - from);
            normalize(layer + 1);
        }
    }

    private void awaitState(Crew.Progress progress, int steps) {
        if (goesOn) {
            progress.await(thread - 1, steps);
        }
    }

    private void embed() {
        int dModel = weights.config.dModel();
        for (int row = from; row < to; row++) {
            // The padding of a row may hold what a text of no finite numbers left there.
            space.x.zeroRows(row, row + 1);
            System.arraycopy(
                    weights.embeddings.data, tokens[row] * dModel, space.x.data, space.x.index(row, 0), dModel);
        }
        // The surplus rows of the last tile are computed too: they must not grow from call to call.
        space.x.zeroRows(to, from + Activations.padded(to - from, kernels.tileRows()));
    }

    /** x for that layer; behind the last, x itself, and the pooling weights. */
    private void normalize(int layer) {
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
        c.zeroRows(cRow, cRow + Activations.padded(count, kernels.tileRows()));
        kernels.multiply(w, a, aRow, aChannel, c, cRow, count);
    }

    /** u of one panel from its x', and the last inputs of its convolution for what is read next. */
    private void convolve(CpuLayer w, int layer, int panel) {
        for (Part part : parts) {
            LayerStates states = part.states();
            kernels.convolve(
                    w.convolution,
                    panel,
                    space.convolutionInput,
                    states.conv(),
                    states.convAt(layer),
                    states.stride(),
                    part.start(),
                    part.end(),
                    space.u);
            if (states.lasts()) {
                keepTail(part, layer, panel);
            }
        }
    }

    private void keepTail(Part part, int layer, int panel) {
        Activations x = space.convolutionInput;
        LayerStates states = part.states();
        int tailRows = weights.config.dConv() - 1;
        int channel = panel * kernels.panelWidth();
        int count = Math.min(kernels.panelWidth(), states.stride() - channel);
        float[] tail = states.conv();
        int tailAt = states.convAt(layer) + channel;
        for (int i = 0; i < tailRows && count > 0; i++) {
            int source = part.end() - tailRows + i;
            if (source >= part.start()) {
                System.arraycopy(x.data, x.index(source, 0), tail, tailAt + i * states.stride(), count);
            } else {
                int older = source - part.start() + tailRows;
                System.arraycopy(tail, tailAt + older * states.stride(), tail, tailAt + i * states.stride(), count);
            }
        }
    }

    /** u of one panel becomes y ⊙ silu(z), strip by strip. */
    private void scan(CpuLayer w, int layer, int panel) {
        Strip strip = space.strips[thread];
        PackedMatrix inZ = w.inZ.panel(panel);
        PackedMatrix dtProj = w.delta.panel(panel);
        int lowRank = 2 * weights.config.dState();
        for (int row = from; row < to; row += strip.rows) {
            int count = Math.min(strip.rows, to - row);
            product(dtProj, space.bcDelta, row, lowRank, strip.delta, 0, count);
            kernels.stepSizes(w.scan, panel, space.u, row, count, strip);
            for (Part part : parts) {
                scan(w, layer, panel, part, strip, row, row + count);
            }
            product(inZ, space.normed, row, 0, strip.z, 0, count);
            kernels.gate(panel, strip, count, space.u, row);
        }
    }

    /** What a strip of rows [first, behind) has of a document. */
    private void scan(CpuLayer w, int layer, int panel, Part part, Strip strip, int first, int behind) {
        int start = Math.max(first, part.start());
        int end = Math.min(behind, part.end());
        if (start < end) {
            LayerStates states = part.states();
            if (start == part.start() && !states.lasts()) {
                int channel = panel * kernels.panelWidth();
                states.clear(channel, Math.min(kernels.panelWidth(), states.stride() - channel));
            }
            kernels.selectiveScan(
                    w.scan,
                    panel,
                    strip,
                    start - first,
                    end - first,
                    space.bcDelta,
                    start,
                    states.ssm(),
                    states.ssmAt(layer),
                    states.stride());
        }
    }
}

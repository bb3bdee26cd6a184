package io.mambaspark.gpu;

import io.mambaspark.gpu.DeviceWeights.Layer;
import io.mambaspark.gpu.DeviceWeights.Matrix;
import io.mambaspark.gpu.Step.Convolve;
import io.mambaspark.gpu.Step.Embed;
import io.mambaspark.gpu.Step.Finish;
import io.mambaspark.gpu.Step.Gather;
import io.mambaspark.gpu.Step.Pool;
import io.mambaspark.gpu.Step.Product;
import io.mambaspark.gpu.Step.Scale;
import io.mambaspark.gpu.Step.Scan;
import io.mambaspark.gpu.Step.Score;

/**
 * The steps that take one block through all layers, in order, with the tables behind them: what the device finds in
 * {@code plan}.
 *
 * <pre>
 * x += out_proj( y ⊙ silu(z) ),   [x', z] = in_proj(norm(x)),   u = silu(conv(x')),
 * [B, C, Δ'] = x_proj(u),   Δ = softplus(dt_proj(Δ') + bias),   y = scan(Δ, A, B, C, D, u)
 * </pre>
 */
final class Program {
    private final DeviceWeights weights;
    private final DeviceShape shape;
    private final SpaceLayout space;
    private final BlockTables tables;
    private final int computeUnits;
    private final int rows;
    private final IntList steps = new IntList();
    private final Tables places = new Tables();
    private int firstResult;

    final ResultLayout results;

    Program(DeviceWeights weights, SpaceLayout space, int computeUnits, DeviceBlock block, int epoch) {
        this.weights = weights;
        this.shape = weights.shape();
        this.space = space;
        this.tables = new BlockTables(block);
        this.computeUnits = computeUnits;
        this.rows = block.rows;
        this.results = new ResultLayout(shape, block, tables);
        embed(epoch);
        for (int i = 0; i < weights.layers.size(); i++) {
            layer(weights.layers.get(i), i * shape.layerState());
        }
        finish();
        firstResult = count();
        pool();
        hidden();
        logits();
        scores();
        deliver(space.kept, block.kept * shape.state(), results.states);
        add(Step.CONFIRM, space.epoch, ResultLayout.EPOCH);
    }

    /** The number of steps. */
    int count() {
        return steps.size() / Step.INTS;
    }

    /** The first step that writes results; it and all behind it must be in one run. */
    int firstResult() {
        return firstResult;
    }

    int op(int step) {
        return steps.get(step * Step.INTS);
    }

    /** The length of {@code plan} that it takes. */
    int ints() {
        return steps.size() + places.all.size();
    }

    /** Steps first, tables behind them, the steps' places of tables moved there. */
    void copyTo(int[] plan) {
        steps.copyTo(plan, 0);
        places.all.copyTo(plan, steps.size());
        for (int i = 0; i < places.references.size(); i++) {
            plan[places.references.get(i)] += steps.size();
        }
    }

    private void embed(int epoch) {
        int at = add(
                Step.EMBED,
                0,
                rows,
                shape.dModel(),
                space.x,
                weights.embedding,
                weights.tokenStride,
                weights.channelStride,
                space.epoch,
                epoch);
        places.refer(at + Embed.TOKENS, tables.tokens);
    }

    private void layer(Layer layer, int layerState) {
        int dInner = shape.dInner();
        add(Step.SCALE, space.x, rows, shape.dModel(), weights.epsilon, space.scale);
        product(space.x, shape.dModel(), layer.in(), space.xz, shape.xzWidth(), Product.SCALED, space.scale);
        convolve(layer, layerState + shape.scanState());
        product(space.u, dInner, layer.inputs(), space.bc, shape.bcWidth(), Product.PLAIN, 0);
        product(
                space.bc + 2 * ScanKernel.STATES,
                shape.bcWidth(),
                layer.delta(),
                space.delta,
                dInner,
                Product.SOFTPLUS,
                layer.deltaBias());
        if (tables.chainCount() > 0) {
            scan(Step.SCAN_CHUNKS, layer, layerState);
            scan(Step.SCAN_CARRY, layer, layerState);
        }
        scan(Step.SCAN_OUTPUT, layer, layerState);
        product(space.u, dInner, layer.out(), space.x, shape.dModel(), Product.ADDED, 0);
    }

    private void product(int a, int aStride, Matrix w, int c, int cStride, int ending, int operand) {
        product(a, aStride, w, c, cStride, rows, ending, operand);
    }

    private void product(int a, int aStride, Matrix w, int c, int cStride, int count, int ending, int operand) {
        boolean wide = ending == Product.SUMMED
                || w.outputs() > MatrixKernel.NARROW && tiles(w, count, MatrixKernel.WIDE) >= computeUnits;
        add(
                wide ? Step.WIDE_PRODUCT : Step.NARROW_PRODUCT,
                a,
                aStride,
                w.place(),
                w.stride(),
                c,
                cStride,
                count,
                w.outputs(),
                w.inputs(),
                ending,
                operand);
    }

    private static int tiles(Matrix w, int count, int side) {
        return DeviceShape.padded(count, side) / side * (DeviceShape.padded(w.outputs(), side) / side);
    }

    private void convolve(Layer layer, int inputState) {
        int at = add(
                Step.CONVOLVE,
                space.xz,
                shape.xzWidth(),
                shape.dInner(),
                shape.config().dConv(),
                layer.taps(),
                layer.tapBias(),
                space.u,
                rows,
                0,
                inputState,
                shape.given(),
                space.kept + inputState,
                shape.state(),
                tables.keeperCount(),
                0);
        places.refer(at + Convolve.ROW_TABLE, tables.rows);
        places.refer(at + Convolve.KEEPER_TABLE, tables.keepers);
    }

    private void scan(int step, Layer layer, int layerState) {
        int at = add(
                step,
                tables.chunkCount(),
                0,
                shape.dInner(),
                space.xz + shape.dInner(),
                shape.xzWidth(),
                space.u,
                space.delta,
                space.bc,
                shape.bcWidth(),
                layer.a(),
                layer.skip(),
                space.carried,
                space.stepSums,
                layerState,
                shape.given(),
                space.kept + layerState,
                shape.state(),
                tables.chainCount(),
                0);
        places.refer(at + Scan.CHUNK_TABLE, tables.chunks);
        places.refer(at + Scan.CHAIN_TABLE, tables.chains);
    }

    private void finish() {
        add(Step.FINISH, space.x, rows, shape.dModel(), weights.epsilon, weights.finalNorm, space.g, weights.gate);
    }

    private void pool() {
        int at = add(
                Step.POOL,
                space.x,
                space.g,
                shape.dModel(),
                tables.pieceCount(),
                0,
                shape.state(),
                shape.given(),
                results.pieces);
        places.refer(at + Pool.PIECE_TABLE, tables.pieces);
    }

    private void hidden() {
        int count = tables.hiddenRows.size();
        // The gathered rows take the place of x' and z, which nobody reads behind the layers.
        int most = space.tokens * shape.xzWidth() / shape.dModel();
        for (int from = 0; from < count; from += most) {
            int part = Math.min(most, count - from);
            gather(tables.hiddenRows, from, part);
            deliver(space.xz, part * shape.dModel(), results.hidden + from * shape.dModel());
        }
    }

    private void gather(IntList chosen, int from, int count) {
        int at = add(Step.GATHER, space.x, shape.dModel(), count, from, space.xz);
        places.refer(at + Gather.ROW_TABLE, chosen);
    }

    private void logits() {
        int vocabulary = shape.config().vocabSize();
        int most = Math.min(space.tokens, space.spare() / vocabulary);
        for (int from = 0; from < tables.logitRows.size(); from += most) {
            int part = Math.min(most, tables.logitRows.size() - from);
            gather(tables.logitRows, from, part);
            product(space.xz, shape.dModel(), weights.head, space.u, vocabulary, part, Product.PLAIN, 0);
            deliver(space.u, part * vocabulary, results.logits + from * vocabulary);
        }
    }

    private void scores() {
        int tilesAcross = tiles(weights.head, 1, MatrixKernel.WIDE);
        int most = Math.min(space.tokens, space.spare() / (2 * tilesAcross));
        for (int from = 0; from < tables.scoredRows.size(); from += most) {
            int part = Math.min(most, tables.scoredRows.size() - from);
            gather(tables.scoredRows, from, part);
            product(space.xz, shape.dModel(), weights.head, space.u, 0, part, Product.SUMMED, 0);
            int at = add(
                    Step.SCORE,
                    space.xz,
                    shape.dModel(),
                    part,
                    from,
                    space.u,
                    tilesAcross,
                    weights.head.place(),
                    weights.head.stride(),
                    results.scores + from);
            places.refer(at + Score.TARGET_TABLE, tables.targets);
        }
    }

    private void deliver(int from, int count, int to) {
        if (count > 0) {
            add(Step.DELIVER, from, count, to);
        }
    }

    /** Adds a step and gives its place. */
    private int add(int... step) {
        int at = steps.size();
        steps.add(step);
        steps.add(new int[Step.INTS - step.length]);
        return at;
    }

    /** The tables, each once, and the operands that name their places. */
    private static final class Tables {
        final IntList all = new IntList();
        final IntList references = new IntList();
    }
}

package io.mambaspark.gpu;

import io.mambaspark.gpu.DeviceWeights.Layer;
import io.mambaspark.gpu.DeviceWeights.Matrix;
import io.mambaspark.gpu.Step.Product;

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
    private final Tuning tuning;
    private final int rows;
    private final IntList plan = new IntList();
    private final int tokens;
    private final int rowTable;
    private final int keepers;
    private final int chunks;
    private final int chains;
    private final int pieces;
    private final int hiddenRows;
    private final int logitRows;
    private final int scoredRows;
    private final int targets;
    private final int firstStep;
    private final int firstResult;

    final ResultLayout results;

    Program(DeviceWeights weights, SpaceLayout space, Tuning tuning, DeviceBlock block, int epoch) {
        this.weights = weights;
        this.shape = weights.shape();
        this.space = space;
        this.tables = new BlockTables(block, tuning.chunk());
        this.tuning = tuning;
        this.rows = block.rows;
        this.results = new ResultLayout(shape, block, tables);
        tokens = put(tables.tokens);
        rowTable = put(tables.rows);
        keepers = put(tables.keepers);
        chunks = put(tables.chunks);
        chains = put(tables.chains);
        pieces = put(tables.pieces);
        hiddenRows = put(tables.hiddenRows);
        logitRows = put(tables.logitRows);
        scoredRows = put(tables.scoredRows);
        targets = put(tables.targets);
        firstStep = plan.size();
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

    Steps steps() {
        return new Steps(plan, firstStep, count(), firstResult, results.floats);
    }

    private int count() {
        return (plan.size() - firstStep) / Step.INTS;
    }

    private void embed(int epoch) {
        add(
                Step.EMBED,
                tokens,
                rows,
                shape.dModel(),
                space.x,
                weights.embedding,
                weights.tokenStride,
                weights.channelStride,
                space.epoch,
                epoch);
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
        boolean wide = ending == Product.SUMMED || tuning.wide(w, count);
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

    private void convolve(Layer layer, int inputState) {
        add(
                Step.CONVOLVE,
                space.xz,
                shape.xzWidth(),
                shape.dInner(),
                shape.config().dConv(),
                layer.taps(),
                layer.tapBias(),
                space.u,
                rows,
                rowTable,
                inputState,
                shape.given(),
                space.kept + inputState,
                shape.state(),
                tables.keeperCount(),
                keepers);
    }

    private void scan(int step, Layer layer, int layerState) {
        add(
                step,
                tables.chunkCount(),
                chunks,
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
                chains);
    }

    private void finish() {
        add(Step.FINISH, space.x, rows, shape.dModel(), weights.epsilon, weights.finalNorm, space.g, weights.gate);
    }

    private void pool() {
        add(
                Step.POOL,
                space.x,
                space.g,
                shape.dModel(),
                tables.pieceCount(),
                pieces,
                shape.state(),
                shape.given(),
                results.pieces);
    }

    private void hidden() {
        int count = tables.hiddenRows.size();
        // The gathered rows take the place of x' and z, which nobody reads behind the layers.
        int most = space.tokens * shape.xzWidth() / shape.dModel();
        for (int from = 0; from < count; from += most) {
            int part = Math.min(most, count - from);
            gather(hiddenRows + from, part);
            deliver(space.xz, part * shape.dModel(), results.hidden + from * shape.dModel());
        }
    }

    private void gather(int table, int count) {
        add(Step.GATHER, space.x, shape.dModel(), count, table, space.xz);
    }

    private void logits() {
        int vocabulary = shape.config().vocabSize();
        int most = Math.min(space.tokens, space.spare() / vocabulary);
        for (int from = 0; from < tables.logitRows.size(); from += most) {
            int part = Math.min(most, tables.logitRows.size() - from);
            gather(logitRows + from, part);
            product(space.xz, shape.dModel(), weights.head, space.u, vocabulary, part, Product.PLAIN, 0);
            deliver(space.u, part * vocabulary, results.logits + from * vocabulary);
        }
    }

    private void scores() {
        int tilesAcross = weights.head.stride() / MatrixKernel.WIDE;
        int most = Math.min(space.tokens, space.spare() / (2 * tilesAcross));
        for (int from = 0; from < tables.scoredRows.size(); from += most) {
            int part = Math.min(most, tables.scoredRows.size() - from);
            gather(scoredRows + from, part);
            product(space.xz, shape.dModel(), weights.head, space.u, 0, part, Product.SUMMED, 0);
            add(
                    Step.SCORE,
                    space.xz,
                    shape.dModel(),
                    part,
                    targets + from,
                    space.u,
                    tilesAcross,
                    weights.head.place(),
                    weights.head.stride(),
                    results.scores + from);
        }
    }

    private void deliver(int from, int count, int to) {
        if (count > 0) {
            add(Step.DELIVER, from, count, to);
        }
    }

    private void add(int... step) {
        plan.add(step);
        plan.add(new int[Step.INTS - step.length]);
    }

    private int put(IntList table) {
        int place = plan.size();
        plan.addAll(table);
        return place;
    }
}

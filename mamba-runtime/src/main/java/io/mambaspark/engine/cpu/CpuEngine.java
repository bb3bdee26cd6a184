package io.mambaspark.engine.cpu;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The engine on the CPU. Calls run side by side, each with a workspace and a crew of its own. */
final class CpuEngine implements MambaEngine {
    /** Below 64 tokens a block loses a third of the speed, above 512 it gains little. */
    static final int BEST_BLOCK = 512;

    private final CpuWeights weights;
    private final KernelChoice choice;
    private final EngineOptions options;
    private final long workspaceBytes;
    private final ConcurrentLinkedDeque<Bench> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger benches = new AtomicInteger();
    private volatile boolean closed;

    /** A place to work at: what one call needs. */
    private record Bench(Workspace space, Crew crew) {}

    CpuEngine(Checkpoint checkpoint, EngineOptions options, KernelChoice choice) {
        this(CpuWeights.load(checkpoint, choice.kernels()), options, choice);
        idle.push(newBench());
    }

    private CpuEngine(CpuWeights weights, EngineOptions options, KernelChoice choice) {
        this.choice = choice;
        this.options = options.withBlockTokens(options.blockTokensOr(BEST_BLOCK));
        this.weights = weights;
        this.workspaceBytes =
                Workspace.bytes(weights.config, choice.kernels(), this.options.blockTokens(), options.threads());
    }

    private Bench newBench() {
        benches.incrementAndGet();
        return new Bench(
                new Workspace(weights.config, choice.kernels(), blockTokens(), options.threads()),
                new Crew(options.threads()));
    }

    @Override
    public ModelConfig config() {
        return weights.config;
    }

    @Override
    public int blockTokens() {
        return options.blockTokens();
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                "cpu", choice.kernels().name(), choice.reason(), weights.heapBytes, workspaceBytes);
    }

    @Override
    public BlockReading read(TokenBlock block, Wanted wanted) {
        check(block);
        Bench bench = idle.poll();
        if (bench == null) {
            bench = newBench();
        }
        try {
            List<ForwardPass> passes = passes(bench.space(), block);
            bench.crew().run((thread, progress) -> passes.get(thread).run(progress));
            return result(bench, block, wanted);
        } finally {
            putBack(bench);
        }
    }

    @Override
    public Optional<MambaEngine> sharing(EngineOptions other) {
        return Optional.of(new CpuEngine(weights, other, choice));
    }

    @Override
    public long heldWorkspaceBytes() {
        return benches.get() * workspaceBytes;
    }

    /** Of the arrays that were made. */
    long measuredWeightBytes() {
        return weights.bytes();
    }

    /** Of one that was made. */
    long measuredWorkspaceBytes() {
        return idle.element().space().bytes();
    }

    boolean sharesWeightsWith(CpuEngine other) {
        return weights == other.weights;
    }

    private List<ForwardPass> passes(Workspace space, TokenBlock block) {
        return IntStream.range(0, options.threads())
                .mapToObj(thread -> new ForwardPass(choice.kernels(), weights, space, block, thread, options.threads()))
                .toList();
    }

    private void putBack(Bench bench) {
        if (closed) {
            bench.crew().close();
        } else {
            idle.push(bench);
        }
    }

    private void check(TokenBlock block) {
        if (closed) {
            throw new IllegalStateException("this engine is closed");
        }
        if (block.length() > options.blockTokens()) {
            throw new IllegalArgumentException(
                    "a block of " + block.length() + " tokens, but this engine was made for " + options.blockTokens());
        }
        for (int i = 0; i < block.length(); i++) {
            int token = block.tokens()[i];
            if (token < 0 || token >= weights.config.vocabSize()) {
                throw new IllegalArgumentException(
                        "token " + token + " is not of the vocabulary of " + weights.config.vocabSize());
            }
        }
        for (Segment segment : block.segments()) {
            if (!segment.state().fits(weights.config)) {
                throw new IllegalArgumentException("a segment's state has the sizes of another model");
            }
        }
    }

    private BlockReading result(Bench bench, TokenBlock block, Wanted wanted) {
        Workspace space = bench.space();
        int dModel = weights.config.dModel();
        float[] sums = new float[block.cuts() * dModel];
        float[] pieceWeights = new float[block.cuts()];
        int piece = 0;
        for (Segment segment : block.segments()) {
            int from = 0;
            for (int cut : segment.cuts()) {
                addToPiece(space, segment, from, cut);
                closePiece(segment.state(), sums, pieceWeights, piece++);
                from = cut;
            }
            addToPiece(space, segment, from, segment.length());
            segment.state().advance(segment.length());
        }
        return new BlockReading(
                sums,
                pieceWeights,
                hidden(space, wanted.hiddenRows()),
                logits(space, wanted.logitRows()),
                logProbabilities(bench, wanted));
    }

    /** Adds token by token, never two sums: so a piece's sum does not depend on where blocks end. */
    private void addToPiece(Workspace space, Segment segment, int from, int to) {
        ReadingState state = segment.state();
        float[] sum = state.pieceSum();
        float weight = state.pieceWeight();
        for (int row = segment.start() + from; row < segment.start() + to; row++) {
            float g = space.g[row];
            int at = space.x.index(row, 0);
            float[] x = space.x.data;
            for (int c = 0; c < sum.length; c++) {
                sum[c] = Math.fma(g, x[at + c], sum[c]);
            }
            weight += g;
        }
        state.pieceWeight(weight);
    }

    private static void closePiece(ReadingState state, float[] sums, float[] pieceWeights, int piece) {
        float[] sum = state.pieceSum();
        System.arraycopy(sum, 0, sums, piece * sum.length, sum.length);
        pieceWeights[piece] = state.pieceWeight();
        Arrays.fill(sum, 0f);
        state.pieceWeight(0f);
    }

    private float[] hidden(Workspace space, int[] rows) {
        int dModel = weights.config.dModel();
        float[] hidden = new float[rows.length * dModel];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(space.x.data, space.x.index(rows[i], 0), hidden, i * dModel, dModel);
        }
        return hidden;
    }

    private float[] logits(Workspace space, int[] rows) {
        int dModel = weights.config.dModel();
        int vocab = weights.config.vocabSize();
        float[] logits = new float[Math.multiplyExact(rows.length, vocab)];
        for (int i = 0; i < rows.length; i++) {
            int at = space.x.index(rows[i], 0);
            for (int token = 0; token < vocab; token++) {
                float sum = 0;
                for (int c = 0; c < dModel; c++) {
                    sum = Math.fma(space.x.data[at + c], weights.head.data[token * dModel + c], sum);
                }
                logits[i * vocab + token] = sum;
            }
        }
        return logits;
    }

    private float[] logProbabilities(Bench bench, Wanted wanted) {
        float[] result = new float[wanted.scoredRows().length];
        if (result.length > 0) {
            LogProbabilities scores = new LogProbabilities(choice.kernels(), weights, bench.space().x, wanted, result);
            bench.crew().run((thread, progress) -> scores.run(thread, options.threads()));
        }
        return result;
    }

    @Override
    public void close() {
        closed = true;
        for (Bench bench = idle.poll(); bench != null; bench = idle.poll()) {
            bench.crew().close();
        }
    }
}

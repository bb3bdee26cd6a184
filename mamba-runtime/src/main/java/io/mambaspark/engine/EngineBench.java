package io.mambaspark.engine;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.time.Duration;
import java.util.stream.IntStream;

/** Measures how fast an engine reads, and in the same run the matrix product that bounds it. */
public final class EngineBench {
    private static final int SHORT_BLOCK = 256;

    private EngineBench() {}

    /**
     * A measured rate.
     *
     * @param threads          of one call
     * @param blockTokens      of one call
     * @param tokensPerSecond  read
     * @param gemmGflops       rate of the engine's matrix product on as many threads
     * @param shareOfGemmBound tokens per second over those that the matrix products alone would allow
     */
    public record Rate(
            int threads, int blockTokens, double tokensPerSecond, double gemmGflops, double shareOfGemmBound) {}

    /** Warms up for as long as it then measures. */
    public static Rate measure(Checkpoint checkpoint, EngineOptions options, Duration duration) {
        EngineProvider provider = Engines.choose(options);
        try (MambaEngine engine = provider.create(checkpoint, options)) {
            int blockTokens = options.blockTokensOr(engine.blockTokens());
            read(engine, blockTokens, duration);
            double tokensPerSecond = read(engine, blockTokens, duration);
            double gflops = provider.matrixGflops(options);
            double bound = gflops * 1e9 / matrixFlopOfAToken(engine.config());
            return new Rate(options.threads(), blockTokens, tokensPerSecond, gflops, tokensPerSecond / bound);
        }
    }

    /**
     * A device beside the CPU.
     *
     * @param largestError       between hidden states of the two, as a share of the largest number in them
     * @param tokensPerSecond    of the device
     * @param cpuTokensPerSecond of the CPU, with the threads of the options
     */
    public record Comparison(double largestError, double tokensPerSecond, double cpuTokensPerSecond) {}

    /** Reads the same tokens on the device of the options and on the CPU; warms each up for as long as it then measures. */
    public static Comparison compare(Checkpoint checkpoint, EngineOptions options, Duration duration) {
        EngineOptions onCpu = options.withDevice("cpu").withBlockTokens(EngineOptions.BEST_BLOCK);
        try (MambaEngine device = Engines.create(checkpoint, options);
                MambaEngine cpu = Engines.create(checkpoint, onCpu)) {
            double error = largestError(hidden(device, cpu.blockTokens()), hidden(cpu, cpu.blockTokens()));
            return new Comparison(error, rate(device, duration), rate(cpu, duration));
        }
    }

    /** Blocks as large as the engine likes them, unless one alone took longer than {@code duration}. */
    private static double rate(MambaEngine engine, Duration duration) {
        double estimate = read(engine, Math.min(SHORT_BLOCK, engine.blockTokens()), Duration.ZERO);
        double readable = Math.max(SHORT_BLOCK, estimate * duration.toMillis() / 1_000);
        int tokens = (int) Math.min(engine.blockTokens(), readable);
        read(engine, tokens, duration);
        return read(engine, tokens, duration);
    }

    private static float[] hidden(MambaEngine engine, int count) {
        TokenBlock block = TokenBlock.of(tokens(engine, count), new ReadingState(engine.config()));
        return engine.read(block, Wanted.hidden(IntStream.range(0, count).toArray()))
                .hidden();
    }

    private static double largestError(float[] actual, float[] expected) {
        double error = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            error = Math.max(error, Math.abs((double) actual[i] - expected[i])); // NaN stays NaN
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return error / largest;
    }

    private static int[] tokens(MambaEngine engine, int count) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = (int) (i * 2_654_435_761L % engine.config().vocabSize());
        }
        return tokens;
    }

    private static double read(MambaEngine engine, int blockTokens, Duration duration) {
        ReadingState state = new ReadingState(engine.config());
        int[] tokens = tokens(engine, blockTokens);
        long start = System.nanoTime();
        long read = 0;
        do {
            engine.read(TokenBlock.of(tokens, state), Wanted.PIECES);
            read += blockTokens;
        } while (System.nanoTime() - start < duration.toNanos());
        return read * 1e9 / (System.nanoTime() - start);
    }

    /** Floating point operations of the four projections of all layers, for one token. */
    static double matrixFlopOfAToken(ModelConfig config) {
        double inProj = 2.0 * config.dModel() * 2 * config.dInner();
        double xProj = 2.0 * config.dInner() * (config.dtRank() + 2 * config.dState());
        double dtProj = 2.0 * config.dtRank() * config.dInner();
        double outProj = 2.0 * config.dInner() * config.dModel();
        return config.layers() * (inProj + xProj + dtProj + outProj);
    }
}

package io.mambaspark.engine;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.time.Duration;

/** Measures how fast an engine reads, and in the same run the matrix product that bounds it. */
public final class EngineBench {
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
            read(engine, options.blockTokens(), duration);
            double tokensPerSecond = read(engine, options.blockTokens(), duration);
            double gflops = provider.matrixGflops(options);
            double bound = gflops * 1e9 / matrixFlopOfAToken(engine.config());
            return new Rate(options.threads(), options.blockTokens(), tokensPerSecond, gflops, tokensPerSecond / bound);
        }
    }

    private static double read(MambaEngine engine, int blockTokens, Duration duration) {
        ReadingState state = new ReadingState(engine.config());
        int[] tokens = new int[blockTokens];
        for (int i = 0; i < blockTokens; i++) {
            tokens[i] = (int) (i * 2_654_435_761L % engine.config().vocabSize());
        }
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

package io.mambaspark.engine;

import io.mambaspark.error.MambaException;
import java.io.Serializable;
import java.util.Map;

/**
 * How an engine shall read.
 *
 * @param device      {@code auto}, {@code cpu}, {@code gpu}, or another device that a provider serves
 * @param threads     threads of one call, at least 1; a Spark task has one core unless {@code spark.task.cpus} says more
 * @param blockTokens tokens of a block, which fix the size of a workspace; {@link #BEST_BLOCK} leaves them to the engine
 * @param settings    what only one kind of engine asks for, such as {@code gpu.memoryFraction}: keys of the configuration
 *                    without {@code spark.mamba.}
 */
public record EngineOptions(String device, int threads, int blockTokens, Map<String, String> settings)
        implements Serializable {
    /** Blocks of the size that suits the engine. */
    public static final int BEST_BLOCK = 0;

    /** Refuses options that no engine can follow. */
    public EngineOptions {
        settings = Map.copyOf(settings);
        if (threads < 1) {
            throw invalid("threads", threads);
        }
        if (blockTokens < 1 && blockTokens != BEST_BLOCK) {
            throw invalid("blockTokens", blockTokens);
        }
    }

    private static MambaException invalid(String option, int value) {
        return MambaException.of(
                "MAMBA_ENGINE_OPTION",
                Map.of("option", option, "value", Integer.toString(value), "expected", "at least 1"));
    }

    /** Without settings. */
    public EngineOptions(String device, int threads, int blockTokens) {
        this(device, threads, blockTokens, Map.of());
    }

    /** The best device there is, one thread, blocks that suit it. */
    public static EngineOptions defaults() {
        return new EngineOptions(Engines.AUTO, 1, BEST_BLOCK);
    }

    /** The tokens of a block where {@code best} suit the engine; for engines. */
    public int blockTokensOr(int best) {
        return blockTokens == BEST_BLOCK ? best : blockTokens;
    }

    /** The same with another device. */
    public EngineOptions withDevice(String newDevice) {
        return new EngineOptions(newDevice, threads, blockTokens, settings);
    }

    /** The same with another number of threads. */
    public EngineOptions withThreads(int newThreads) {
        return new EngineOptions(device, newThreads, blockTokens, settings);
    }

    /** The same with another block size. */
    public EngineOptions withBlockTokens(int newBlockTokens) {
        return new EngineOptions(device, threads, newBlockTokens, settings);
    }

    /** The same with other settings. */
    public EngineOptions withSettings(Map<String, String> newSettings) {
        return new EngineOptions(device, threads, blockTokens, newSettings);
    }
}

package io.mambaspark.engine;

import java.io.Serializable;
import java.util.Map;

/**
 * How an engine shall read.
 *
 * @param device      {@code auto}, {@code cpu}, {@code gpu}, or another device that a provider serves
 * @param threads     threads of one call, at least 1; a Spark task has one core unless {@code spark.task.cpus} says more
 * @param blockTokens tokens that a call reads at most, at least 1; fixes the size of a workspace
 * @param settings    what only one kind of engine asks for, such as {@code gpu.memoryFraction}: keys of the configuration
 *                    without {@code spark.mamba.}
 */
public record EngineOptions(String device, int threads, int blockTokens, Map<String, String> settings)
        implements Serializable {
    /** Tokens of a block unless said otherwise: below 64 a block loses a third of the speed, above 512 it gains little. */
    public static final int DEFAULT_BLOCK_TOKENS = 512;

    /** Refuses options that no engine can follow. */
    public EngineOptions {
        settings = Map.copyOf(settings);
        if (threads < 1) {
            throw new IllegalArgumentException("[MAMBA_ENGINE_OPTION] threads must be at least 1, not " + threads);
        }
        if (blockTokens < 1) {
            throw new IllegalArgumentException(
                    "[MAMBA_ENGINE_OPTION] blockTokens must be at least 1, not " + blockTokens);
        }
    }

    /** Without settings. */
    public EngineOptions(String device, int threads, int blockTokens) {
        this(device, threads, blockTokens, Map.of());
    }

    /** The best device there is, one thread, blocks of the default size. */
    public static EngineOptions defaults() {
        return new EngineOptions("auto", 1, DEFAULT_BLOCK_TOKENS);
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

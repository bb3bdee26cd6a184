package io.mambaspark.engine;

import java.io.Serializable;

/**
 * How an engine shall read.
 *
 * @param device      {@code auto}, {@code cpu} or {@code gpu}
 * @param threads     threads of one call, at least 1; a Spark task has one core unless {@code spark.task.cpus} says more
 * @param blockTokens tokens that a call reads at most, at least 1; fixes the size of a workspace
 */
public record EngineOptions(String device, int threads, int blockTokens) implements Serializable {
    /** Tokens of a block unless said otherwise: below 64 a block loses a third of the speed, above 512 it gains little. */
    public static final int DEFAULT_BLOCK_TOKENS = 512;

    /** Refuses options that no engine can follow. */
    public EngineOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("[MAMBA_ENGINE_OPTION] threads must be at least 1, not " + threads);
        }
        if (blockTokens < 1) {
            throw new IllegalArgumentException(
                    "[MAMBA_ENGINE_OPTION] blockTokens must be at least 1, not " + blockTokens);
        }
    }

    /** The best device there is, one thread, blocks of the default size. */
    public static EngineOptions defaults() {
        return new EngineOptions("auto", 1, DEFAULT_BLOCK_TOKENS);
    }

    /** The same with another device. */
    public EngineOptions withDevice(String newDevice) {
        return new EngineOptions(newDevice, threads, blockTokens);
    }

    /** The same with another number of threads. */
    public EngineOptions withThreads(int newThreads) {
        return new EngineOptions(device, newThreads, blockTokens);
    }

    /** The same with another block size. */
    public EngineOptions withBlockTokens(int newBlockTokens) {
        return new EngineOptions(device, threads, newBlockTokens);
    }
}

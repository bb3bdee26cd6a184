package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the keys {@code spark.mamba.*} of a session say.
 *
 * @param model         {@link #MODEL}
 * @param engine        how its engine runs: {@link #DEVICE}, {@link #BLOCK_TOKENS}, and a thread for each core of a task
 * @param batched       {@link #BATCHED}
 * @param batchMaxBytes {@link #BATCH_MAX_BYTES}
 * @param arrowMaxBytes {@link #ARROW_MAX_BYTES}
 */
public record MambaConf(String model, EngineOptions engine, boolean batched, long batchMaxBytes, long arrowMaxBytes) {
    /** Which model reads. */
    public static final ConfKey<String> MODEL = ConfKey.text(
            "spark.mamba.model",
            "built-in, or the folder of a Hugging Face checkpoint",
            ModelHandle.BUILT_IN,
            "The model that reads; a folder must be at the same place on every executor.");

    /** What the model runs on. */
    public static final ConfKey<String> DEVICE =
            ConfKey.text("spark.mamba.device", "auto, cpu or gpu", "auto", "What executors run the model on.");

    /** Tokens of a block. */
    public static final ConfKey<Integer> BLOCK_TOKENS = ConfKey.count(
            "spark.mamba.block.tokens",
            Integer.toString(EngineOptions.DEFAULT_BLOCK_TOKENS),
            "The tokens that go through the model at a time; fixes the memory of a task.");

    /** Whether rows are read in batches. */
    public static final ConfKey<Boolean> BATCHED = ConfKey.flag(
            "spark.mamba.batch.enabled",
            "true",
            "Whether rows fill blocks together; false reads one row at a time, for comparisons.");

    /** The rows held by a task. */
    public static final ConfKey<Long> BATCH_MAX_BYTES = ConfKey.bytes(
            "spark.mamba.batch.maxBytes",
            "64m",
            "The bytes of rows that a task takes in before it gives rows out; a larger row is taken alone.");

    /** The results held by a task. */
    public static final ConfKey<Long> ARROW_MAX_BYTES = ConfKey.bytes(
            "spark.mamba.arrow.maxBytes", "256m", "The bytes of results, outside the heap, that a task may hold.");

    /** All keys, for the reference. */
    public static final List<ConfKey<?>> KEYS =
            List.of(MODEL, DEVICE, BLOCK_TOKENS, BATCHED, BATCH_MAX_BYTES, ARROW_MAX_BYTES);

    /**
     * Reads a configuration.
     *
     * @param conf gives the value that was set for a name
     * @throws MambaException MAMBA_CONF_INVALID
     */
    public static MambaConf of(Function<String, Optional<String>> conf) {
        int threads = conf.apply("spark.task.cpus").map(Integer::parseInt).orElse(1);
        return new MambaConf(
                MODEL.in(conf),
                new EngineOptions(DEVICE.in(conf), threads, BLOCK_TOKENS.in(conf)),
                BATCHED.in(conf),
                BATCH_MAX_BYTES.in(conf),
                ARROW_MAX_BYTES.in(conf));
    }
}

package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * What the keys {@code spark.mamba.*} of a session say.
 *
 * @param model         {@link #MODEL}
 * @param engine        how its engine runs: {@link #DEVICE}, {@link #BLOCK_TOKENS}, {@link #OF_THE_GPU}, and a thread for
 *                      each core of a task
 * @param batched       {@link #BATCHED}
 * @param batchMaxBytes {@link #BATCH_MAX_BYTES}
 * @param arrowMaxBytes {@link #ARROW_MAX_BYTES}
 * @param aggMaxBytes   {@link #AGG_MAX_BYTES}
 */
public record MambaConf(
        String model, EngineOptions engine, boolean batched, long batchMaxBytes, long arrowMaxBytes, long aggMaxBytes) {
    /** Which model reads. */
    public static final ConfKey<String> MODEL = ConfKey.text(
            "spark.mamba.model",
            "built-in, or the folder of a Hugging Face checkpoint",
            ModelHandle.BUILT_IN,
            "The model that reads; a folder must be at the same place on every executor.");

    /** What the model runs on. */
    public static final ConfKey<String> DEVICE = ConfKey.text(
            "spark.mamba.device",
            "auto, cpu, gpu or opencl:NAME",
            "auto",
            "What executors run the model on: auto is a GPU where there is one that works, else the CPU; gpu fails"
                    + " without one; NAME is a part of the name of any OpenCL device.");

    /** Tokens of a block. */
    public static final ConfKey<Integer> BLOCK_TOKENS = new ConfKey<>(
            "spark.mamba.block.tokens",
            "a whole number above 0, or auto",
            "auto",
            "The tokens that go through the model at a time, which fix the memory of a task; auto is 512 on a CPU and 512"
                    + " to 8,192 on a GPU, by its size.",
            MambaConf::blockTokens);

    /** What all models of an executor may take. */
    public static final ConfKey<Long> MODELS_MEMORY = new ConfKey<>(
            "spark.mamba.models.memory",
            "a size such as 2g, or a share of the heap above 0 and up to 1",
            "0.6",
            "The memory of all models that an executor holds, weights and workspaces. When another one needs their place,"
                    + " models that no task uses are released, the one unused for longest first; models in use stay, and the"
                    + " new one is refused. To be set before the application starts.",
            MambaConf::modelsMemory);

    /** The GPU's memory. */
    public static final ConfKey<Double> GPU_MEMORY_FRACTION = ConfKey.share(
            "spark.mamba.gpu.memoryFraction", "0.8", "The share of a GPU's memory that an executor may take.");

    /** The heap behind it. */
    public static final ConfKey<Double> GPU_HEAP_FRACTION = ConfKey.share(
            "spark.mamba.gpu.heapFraction",
            "0.4",
            "The share of an executor's heap that its GPU may take: each byte on the GPU has a twin there.");

    /** Which GPU, where Spark assigns none. */
    public static final ConfKey<String> GPU_ADDRESS = ConfKey.text(
            "spark.mamba.gpu.address",
            "the number of a GPU, from 0",
            "0",
            "The GPU of an executor; if not set, the one that Spark assigned to the task (resource gpu).");

    /** Where the GPU's library goes. */
    public static final ConfKey<String> GPU_NATIVE_FOLDER = ConfKey.text(
            "spark.mamba.gpu.nativeFolder",
            "a folder on every executor whose files may be executed",
            "(java.io.tmpdir)",
            "Where the native library for GPUs is unpacked.");

    /** Whether the choice of a device is explained. */
    public static final ConfKey<Boolean> EXPLAIN = ConfKey.flag(
            "spark.mamba.explain",
            "false",
            "Whether an executor logs all devices that it sees and why it reads on one of them; to be set before the"
                    + " application starts.");

    /** What only a GPU asks for. */
    static final List<ConfKey<?>> OF_THE_GPU =
            List.of(GPU_MEMORY_FRACTION, GPU_HEAP_FRACTION, GPU_ADDRESS, GPU_NATIVE_FOLDER);

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

    /** The texts held of a group. */
    public static final ConfKey<Long> AGG_MAX_BYTES = ConfKey.bytes(
            "spark.mamba.agg.maxBytes",
            "256m",
            "The bytes of compressed texts that mamba_summarize_agg may hold of a group, where it does not stream.");

    /** The shards on an executor's disk. */
    public static final ConfKey<Long> INDEX_CACHE_BYTES = ConfKey.bytes(
            "spark.mamba.index.cacheBytes",
            "32g",
            "The bytes of shards that an executor keeps on its local disk between searches; those in use always stay.");

    /** How much an index reads before it puts it down. */
    public static final ConfKey<Long> INDEX_ROUND_BYTES = ConfKey.bytes(
            "spark.mamba.index.roundBytes",
            "16m",
            "The bytes of text that a build of an index reads between two points from which it can be continued when it"
                    + " died.");

    /** Whether nobody else changes an index. */
    public static final ConfKey<Boolean> INDEX_SINGLE_WRITER = ConfKey.flag(
            "spark.mamba.index.singleWriter",
            "false",
            "Whether you answer for it that nobody else changes an index at the same time: needed where the file system"
                    + " cannot create a file exclusively, and only there.");

    /** All keys, for the reference. */
    public static final List<ConfKey<?>> KEYS = List.of(
            MODEL,
            DEVICE,
            BLOCK_TOKENS,
            MODELS_MEMORY,
            GPU_MEMORY_FRACTION,
            GPU_HEAP_FRACTION,
            GPU_ADDRESS,
            GPU_NATIVE_FOLDER,
            EXPLAIN,
            BATCHED,
            BATCH_MAX_BYTES,
            ARROW_MAX_BYTES,
            AGG_MAX_BYTES,
            INDEX_CACHE_BYTES,
            INDEX_ROUND_BYTES,
            INDEX_SINGLE_WRITER);

    private static final String PREFIX = "spark.mamba.";

    /**
     * Reads a configuration.
     *
     * @param conf gives the value that was set for a name
     * @throws MambaSqlException MAMBA_CONF_INVALID
     */
    public static MambaConf of(Function<String, Optional<String>> conf) {
        int threads = conf.apply("spark.task.cpus").map(Integer::parseInt).orElse(1);
        return new MambaConf(
                MODEL.in(conf),
                new EngineOptions(DEVICE.in(conf), threads, BLOCK_TOKENS.in(conf), settings(conf)),
                BATCHED.in(conf),
                BATCH_MAX_BYTES.in(conf),
                ARROW_MAX_BYTES.in(conf),
                AGG_MAX_BYTES.in(conf));
    }

    /** What the keys of a session say. */
    public static MambaConf of(SparkSession spark) {
        return of(key -> {
            Option<String> value = spark.conf().getOption(key);
            return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
        });
    }

    /** Bytes; up to 1 it is a share of this JVM's heap. */
    private static long modelsMemory(String value) {
        String given = value.strip();
        if (given.matches("[0-9]*\\.[0-9]+|1")) {
            double share = Double.parseDouble(given);
            if (share > 0 && share <= 1) {
                return (long) (share * Runtime.getRuntime().maxMemory());
            }
            throw new IllegalArgumentException(value);
        }
        long bytes = JavaUtils.byteStringAsBytes(given);
        if (bytes < 1) {
            throw new IllegalArgumentException(value);
        }
        return bytes;
    }

    private static int blockTokens(String value) {
        if (value.strip().equals("auto")) {
            return EngineOptions.BEST_BLOCK;
        }
        int tokens = Integer.parseInt(value.strip());
        if (tokens < 1) {
            throw new IllegalArgumentException(value);
        }
        return tokens;
    }

    /** What was set; what was not is the engine's to choose. */
    private static Map<String, String> settings(Function<String, Optional<String>> conf) {
        Map<String, String> settings = new HashMap<>();
        for (ConfKey<?> key : OF_THE_GPU) {
            if (conf.apply(key.name()).isPresent()) {
                settings.put(key.name().substring(PREFIX.length()), key.in(conf).toString());
            }
        }
        return settings;
    }
}

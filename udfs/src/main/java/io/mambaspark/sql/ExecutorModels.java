package io.mambaspark.sql;

import io.mambaspark.engine.DeviceReport;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.ModelListener;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this JVM: each is loaded once, by the first task that asks, and serves all tasks. One that no task uses
 * leaves when another needs its place ({@link MambaConf#MODELS_MEMORY}). Thread-safe; tasks that ask while a model is being
 * loaded wait for it.
 */
public final class ExecutorModels {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorModels.class);
    private static final LoadedModels LOADED = new LoadedModels(ExecutorModels::mostBytes);
    private static volatile ModelListener listener = ModelListener.NONE;

    private ExecutorModels() {}

    /**
     * The model that {@code handle} names, on the GPU of the calling task if Spark assigned one. It is the caller's own
     * object, and counts as in use until the task ends, or without a task until nothing can reach it.
     *
     * @param whenLoaded called if, and only if, this call loaded the weights: once in a JVM, however many tasks there are
     * @throws MambaSqlException MAMBA_MODEL_MISMATCH when this machine holds another model at that place than the driver saw,
     *                           MAMBA_MODELS_MEMORY when the model has no room beside those in use; or why it cannot be loaded
     */
    public static MambaModel get(ModelHandle handle, EngineOptions options, Runnable whenLoaded) {
        try {
            return lend(handle, options, whenLoaded);
        } catch (MambaException e) {
            throw MambaSqlException.of(e);
        }
    }

    private static MambaModel lend(ModelHandle handle, EngineOptions options, Runnable whenLoaded) {
        EngineOptions placed = AssignedGpu.in(options);
        // A failed load is not remembered: the next task tries again.
        LoadedModels.Loan loan =
                LOADED.lend(new LoadedModels.Key(handle.fingerprint(), placed), new LoadedModels.Loader() {
                    @Override
                    public Checkpoint open() {
                        return ModelHandle.checkpoint(handle.location());
                    }

                    @Override
                    public MambaModel load(Checkpoint checkpoint) {
                        MambaModel model = ExecutorModels.load(handle, checkpoint, placed);
                        model.listen(listener);
                        whenLoaded.run();
                        return model;
                    }
                });
        TaskContext task = TaskContext.get();
        if (task != null) {
            Runnable giveBack = loan.giveBack();
            task.addTaskCompletionListener((TaskCompletionListener) ended -> giveBack.run());
        }
        return loan.model();
    }

    /** From now on {@code newListener} hears what all models of this JVM read. */
    static void listen(ModelListener newListener) {
        listener = newListener;
        LOADED.forEach(model -> model.listen(newListener));
    }

    /** The memory that the models of this JVM take where they run: the weights, and the workspaces. */
    static long deviceBytes() {
        return LOADED.bytes();
    }

    private static long mostBytes() {
        return MambaConf.MODELS_MEMORY.in(ExecutorModels::ofApplication);
    }

    private static Optional<String> ofApplication(String key) {
        SparkEnv env = SparkEnv.get();
        return env == null ? Optional.empty() : Optional.ofNullable(env.conf().get(key, null));
    }

    private static MambaModel load(ModelHandle handle, Checkpoint checkpoint, EngineOptions options) {
        if (explains()) {
            explain(options);
        }
        long started = System.nanoTime();
        MambaModel model = MambaModel.load(checkpoint, options, LocalFolder.find());
        if (!model.fingerprint().equals(handle.fingerprint())) {
            model.close();
            throw MambaSqlException.of(
                    "MAMBA_MODEL_MISMATCH",
                    Map.of("location", handle.location(), "here", model.fingerprint(), "driver", handle.fingerprint()));
        }
        EngineDescription engine = model.engine();
        LOG.info(
                "Mamba model {} ({}) loaded in {} ms: device {}, kernels {} ({}), weights {} MiB, workspace {} MiB",
                model.name(),
                handle.fingerprint().substring(0, 12),
                (System.nanoTime() - started) / 1_000_000,
                engine.device(),
                engine.kernels(),
                engine.reason(),
                engine.weightBytes() >> 20,
                engine.workspaceBytes() >> 20);
        return model;
    }

    private static boolean explains() {
        return SparkEnv.get() != null && MambaConf.EXPLAIN.in(ExecutorModels::ofApplication);
    }

    private static void explain(EngineOptions options) {
        LOG.info("Where to read with device={} {}:", options.device(), options.settings());
        for (Engines.Candidate candidate : Engines.candidates(options)) {
            LOG.info(
                    "- {}: {}: {}",
                    candidate.provider().device(),
                    candidate.available() ? "could read" : "cannot read",
                    candidate.reason());
            for (DeviceReport device : candidate.provider().devices(options)) {
                LOG.info(
                        "  {} {} ({}, {}), {} MiB: {}",
                        device.kind(),
                        device.name(),
                        device.platform(),
                        device.driver(),
                        device.memoryBytes() >> 20,
                        device.reason());
            }
        }
    }
}

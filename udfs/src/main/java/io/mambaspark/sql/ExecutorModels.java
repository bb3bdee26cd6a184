package io.mambaspark.sql;

import io.mambaspark.engine.DeviceReport;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.ModelListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this JVM: each is loaded once, by the first task that asks, and serves all tasks until the JVM ends.
 * Thread-safe; tasks that ask while a model is being loaded wait for it.
 */
public final class ExecutorModels {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorModels.class);
    private static final ConcurrentMap<Key, MambaModel> LOADED = new ConcurrentHashMap<>();
    private static volatile ModelListener listener = ModelListener.NONE;

    /** Models differ by content and by how they are run; where the content came from does not matter. */
    private record Key(String fingerprint, EngineOptions options) {}

    private ExecutorModels() {}

    /**
     * The model that {@code handle} names, on the GPU of the calling task if Spark assigned one.
     *
     * @param whenLoaded called if, and only if, this call loaded the model: once in a JVM, however many tasks there are
     * @throws IllegalStateException when this machine holds another model at that place than the driver saw
     */
    public static MambaModel get(ModelHandle handle, EngineOptions options, Runnable whenLoaded) {
        // A failed load is not remembered: the next task tries again.
        return LOADED.computeIfAbsent(new Key(handle.fingerprint(), AssignedGpu.in(options)), key -> {
            MambaModel model = load(handle, key.options());
            model.listen(listener);
            whenLoaded.run();
            return model;
        });
    }

    /** From now on {@code newListener} hears what all models of this JVM read. */
    static void listen(ModelListener newListener) {
        listener = newListener;
        LOADED.values().forEach(model -> model.listen(newListener));
    }

    /** The memory that the models of this JVM take where they run: the weights, and a workspace each. */
    static long deviceBytes() {
        return LOADED.values().stream()
                .map(MambaModel::engine)
                .mapToLong(engine -> engine.weightBytes() + engine.workspaceBytes())
                .sum();
    }

    private static MambaModel load(ModelHandle handle, EngineOptions options) {
        if (explains()) {
            explain(options);
        }
        long started = System.nanoTime();
        MambaModel model = MambaModel.load(ModelHandle.checkpoint(handle.location()), options, LocalFolder.find());
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
        SparkEnv env = SparkEnv.get();
        return env != null
                && MambaConf.EXPLAIN.in(key -> Optional.ofNullable(env.conf().get(key, null)));
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

package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.reading.MambaModel;
import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The model of a query and how it is run; travels with it.
 *
 * @param handle names the model
 * @param engine how to run it
 */
public record ModelChoice(ModelHandle handle, EngineOptions engine) implements Serializable {
    /** By location: a fingerprint costs a reading of all weights. */
    private static final ConcurrentMap<String, ModelHandle> KNOWN = new ConcurrentHashMap<>();

    /**
     * The choice of a session; looks at the model's files the first time.
     *
     * @throws MambaSqlException when there is no such model, or MAMBA_CONF_INVALID
     */
    public static ModelChoice of(MambaConf conf) {
        try {
            return new ModelChoice(KNOWN.computeIfAbsent(conf.model(), ModelHandle::of), conf.engine());
        } catch (MambaException e) {
            throw MambaSqlException.of(e);
        }
    }

    /**
     * How the model reads and ranks; looks at its files, not at its weights.
     *
     * @throws MambaSqlException when they cannot be read
     */
    public ReaderProfile profile() {
        try {
            return ModelHandle.checkpoint(handle.location()).profile();
        } catch (MambaException e) {
            throw MambaSqlException.of(e);
        }
    }

    /** The model, loaded by the first task of this JVM that asks. */
    MambaModel load() {
        return ExecutorModels.get(handle, engine, () -> {});
    }
}

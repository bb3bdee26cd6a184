package io.mambaspark.engine;

import io.mambaspark.model.Checkpoint;
import java.util.List;

/** One kind of engine, found through {@link java.util.ServiceLoader}. Implementations are stateless. */
public interface EngineProvider {
    /**
     * Whether this kind of engine can run here, and why or why not.
     *
     * @param available true if {@link #create} is worth a try
     * @param reason    a sentence for operators
     */
    record Availability(boolean available, String reason) {}

    /** The value of {@code device} that asks for this engine: {@code cpu} or {@code gpu}. */
    String device();

    /** {@code auto} takes the available engine of the highest rank. */
    int rank();

    /** Whether this kind of engine is meant by a value of {@code device} other than {@code auto}. */
    default boolean serves(String device) {
        return device.equals(device());
    }

    /**
     * Probes what is needed to read on that device; never throws because something is missing.
     *
     * @param options the device, {@code auto} included, and the settings that the probe needs
     */
    Availability availability(EngineOptions options);

    /**
     * The devices that this provider sees, the one that it would read on among them; none if it does not tell them apart.
     *
     * @param options as for {@link #availability}
     */
    default List<DeviceReport> devices(EngineOptions options) {
        return List.of();
    }

    /**
     * What {@link #create} would take; takes nothing yet.
     *
     * @throws DeviceException                              if the device cannot hold the model
     * @throws io.mambaspark.model.CheckpointException      if no engine of this kind can
     * @throws io.mambaspark.error.MambaException           MAMBA_ENGINE_OPTION if a block cannot have so many tokens
     */
    EngineMemory memory(Checkpoint checkpoint, EngineOptions options);

    /** The options on which the weights depend: engines for which they are equal can share them. */
    default EngineOptions ofWeights(EngineOptions options) {
        return options.withThreads(1).withBlockTokens(EngineOptions.BEST_BLOCK);
    }

    /**
     * Loads the checkpoint's weights into a new engine.
     *
     * @throws DeviceException if the device cannot hold the model
     */
    MambaEngine create(Checkpoint checkpoint, EngineOptions options);

    /**
     * Measures the rate of this engine's matrix product at the shapes of the model: what bounds its reading.
     *
     * @param options the device, and how many threads multiply at the same time
     * @return GFLOP/s of all threads together
     */
    double matrixGflops(EngineOptions options);
}

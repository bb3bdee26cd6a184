package io.mambaspark.jobs;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.CheckpointException;
import io.mambaspark.sql.ModelHandle;
import picocli.CommandLine.Option;

/** The options that say which model reads, and on what. */
final class ModelOptions {
    /** What {@code --device} takes. */
    enum Device {
        auto,
        cpu,
        gpu
    }

    @Option(
            names = "--model",
            paramLabel = "PATH",
            defaultValue = ModelHandle.BUILT_IN,
            description = "The folder of a Hugging Face checkpoint, at the same place on every executor"
                    + " (default: the model inside this jar).")
    private String model;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "Where executors run the model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Device device;

    boolean isBuiltIn() {
        return model.equals(ModelHandle.BUILT_IN);
    }

    /** Opens the checkpoint here, so that a wrong path is told before anything else starts. */
    Checkpoint checkpoint() {
        try {
            return ModelHandle.checkpoint(model);
        } catch (CheckpointException e) {
            throw new UsageException("--model " + model + " cannot be used: " + e.getMessage());
        }
    }

    /** What tasks get instead of the model. */
    ModelHandle handle() {
        return new ModelHandle(model, checkpoint().fingerprint());
    }

    /** How to run it, with {@code threads} threads in a call of the engine. */
    EngineOptions engine(int threads) {
        return EngineOptions.defaults().withDevice(device.name()).withThreads(threads);
    }
}

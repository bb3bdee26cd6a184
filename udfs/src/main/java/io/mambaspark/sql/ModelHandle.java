package io.mambaspark.sql;

import io.mambaspark.model.Checkpoint;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Names a model; this is what travels to a task, never the weights.
 *
 * @param location    {@link #BUILT_IN}, or the folder of a checkpoint, at the same path on every executor
 * @param fingerprint hex SHA-256 of the content that the driver saw; an executor that finds another one refuses to read
 */
public record ModelHandle(String location, String fingerprint) implements Serializable {
    /** The location of the model inside the jar. */
    public static final String BUILT_IN = "built-in";

    /**
     * Opens the checkpoint at {@code location}; reads no weights.
     *
     * @throws io.mambaspark.model.CheckpointException when there is no readable checkpoint
     */
    public static Checkpoint checkpoint(String location) {
        return location.equals(BUILT_IN) ? Checkpoint.builtIn() : Checkpoint.open(Path.of(location));
    }

    /** The handle of the model at {@code location}, whose whole content is read once for its fingerprint. */
    public static ModelHandle of(String location) {
        return new ModelHandle(location, checkpoint(location).fingerprint());
    }
}

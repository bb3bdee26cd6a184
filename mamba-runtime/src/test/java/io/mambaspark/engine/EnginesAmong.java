package io.mambaspark.engine;

import io.mambaspark.model.Checkpoint;
import java.util.List;

/** The choice among engines that a test brings, in a JVM in which nothing has failed yet. */
public final class EnginesAmong {
    private EnginesAmong() {}

    /** Loads as {@link Engines#create} does; the best provider first. */
    public static MambaEngine load(List<EngineProvider> providers, Checkpoint checkpoint, EngineOptions options) {
        return new Engines(providers).load(checkpoint, options);
    }
}

package io.mambaspark.sql;

import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;

/** Which kernels a JVM runs, and why. */
public final class KernelsHere {
    private KernelsHere() {}

    /** Prints both. */
    public static void main(String[] none) {
        EngineDescription engine = ExecutorModels.get(
                        ModelHandle.of(ModelHandle.BUILT_IN),
                        EngineOptions.defaults().withDevice("cpu"),
                        () -> {})
                .engine();
        System.out.println(engine.kernels() + ": " + engine.reason());
    }
}

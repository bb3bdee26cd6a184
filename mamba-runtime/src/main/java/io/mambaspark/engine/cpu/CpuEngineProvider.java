package io.mambaspark.engine.cpu;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;

/** The CPU: always available, with the fastest kernels that this JVM can run. */
public final class CpuEngineProvider implements EngineProvider {
    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Availability availability(EngineOptions options) {
        return new Availability(true, KernelChoice.best().reason());
    }

    @Override
    public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        return new CpuEngine(checkpoint, options, KernelChoice.best());
    }

    @Override
    public double matrixGflops(EngineOptions options) {
        return MatrixRate.measure(KernelChoice.best().kernels(), options.threads());
    }
}

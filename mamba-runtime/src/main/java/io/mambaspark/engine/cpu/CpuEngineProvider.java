package io.mambaspark.engine.cpu;

import io.mambaspark.engine.EngineMemory;
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
    public EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
        Kernels kernels = KernelChoice.best().kernels();
        int blockTokens = options.blockTokensOr(CpuEngine.BEST_BLOCK);
        return new EngineMemory(
                WeightSizes.of(checkpoint.name(), checkpoint.config(), kernels).heapBytes(),
                Workspace.bytes(checkpoint.config(), kernels, blockTokens, options.threads()));
    }

    /** No setting is the CPU's. */
    @Override
    public EngineOptions ofWeights(EngineOptions options) {
        return EngineOptions.defaults().withDevice(device());
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

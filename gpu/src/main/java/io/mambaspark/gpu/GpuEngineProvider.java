package io.mambaspark.gpu;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;

/** The GPU: before the CPU in rank, but never available in this version. */
public final class GpuEngineProvider implements EngineProvider {
    private static final int BEFORE_THE_CPU = 10;
    private static final String REASON = "this version has no GPU engine yet";

    @Override
    public String device() {
        return "gpu";
    }

    @Override
    public int rank() {
        return BEFORE_THE_CPU;
    }

    @Override
    public Availability availability() {
        return new Availability(false, REASON);
    }

    /**
     * Refuses: there is no such engine yet.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        throw unavailable();
    }

    /**
     * Refuses: there is nothing to measure yet.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public double matrixGflops(int threads) {
        throw unavailable();
    }

    private static UnsupportedOperationException unavailable() {
        return new UnsupportedOperationException("[MAMBA_DEVICE_UNAVAILABLE] No engine for device 'gpu' can run here ("
                + REASON + "). Use 'cpu', which always works, or 'auto'.");
    }
}

package io.mambaspark.gpu;

import io.mambaspark.engine.DeviceException;

/** The GPU cannot read, or stopped reading: says why and what to do. */
public final class GpuException extends DeviceException {
    private static final long serialVersionUID = 1L;
    private static final long MEGABYTE = 1L << 20;

    private GpuException(String message, Throwable cause) {
        super(message, cause);
    }

    static GpuException unavailable(String device, String reason) {
        return new GpuException(
                "[MAMBA_DEVICE_UNAVAILABLE] No engine for device '" + device + "' can run here (" + reason
                        + "). Use 'cpu', which always works, or 'auto'.",
                null);
    }

    /** Not the GPU's failure, so that no other engine reads instead. */
    static IllegalArgumentException setting(String key, String value, String expected) {
        return new IllegalArgumentException(
                "[MAMBA_ENGINE_OPTION] spark.mamba." + key + " must be " + expected + ", not '" + value + "'");
    }

    static GpuException memory(String figures, String advice) {
        return new GpuException(
                "[MAMBA_GPU_MEMORY] The model does not fit: " + figures + ". " + advice + ", or read with device=cpu.",
                null);
    }

    /** Not the GPU's failure either: any engine would have to make that array. */
    static IllegalArgumentException results(long bytes, int logitRows) {
        return new IllegalArgumentException("[MAMBA_GPU_MEMORY] The results of one call take " + bytes / MEGABYTE
                + " MB (logits of " + logitRows + " rows among them), more than one array holds. Ask for fewer rows a"
                + " call; log-probabilities need no logits.");
    }

    static GpuException heap(String figures, OutOfMemoryError cause) {
        return new GpuException(
                "[MAMBA_GPU_MEMORY] The Java heap has no room for " + figures
                        + ": other things fill it. Give the executor a larger one (--executor-memory), lower"
                        + " spark.mamba.gpu.heapFraction, or read with device=cpu.",
                cause);
    }

    static GpuException notBuilt(String device, Throwable cause) {
        return new GpuException(
                "[MAMBA_GPU_BUILD] The driver of " + device + " could not build the kernels (" + cause.getMessage()
                        + "); its own words are on standard error. Update the driver, or read with device=cpu.",
                cause);
    }

    static GpuException lost(String device, Throwable cause) {
        return new GpuException(
                "[MAMBA_GPU_LOST] " + device + " stopped answering (" + cause.getMessage()
                        + "); the driver's words are on standard error. Out of memory: lower spark.mamba.gpu.memoryFraction"
                        + " or the block size, and see that nobody else fills the card. Otherwise look at nvidia-smi and"
                        + " restart the executor, or read with device=cpu.",
                cause);
    }

    static GpuException moved(String device, int attempts) {
        return new GpuException(
                "[MAMBA_GPU_LOST] The Java heap moved the workspace of " + device + " during each of " + attempts
                        + " readings of a block, which drops what the device computed. Use G1 (-XX:+UseG1GC), which"
                        + " leaves large arrays where they are, or read with device=cpu.",
                null);
    }

    static GpuException closed() {
        return new GpuException("[MAMBA_ENGINE_CLOSED] The engine was closed while a call waited for it.", null);
    }
}

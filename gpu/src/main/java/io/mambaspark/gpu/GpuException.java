package io.mambaspark.gpu;

import io.mambaspark.engine.DeviceException;
import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.Map;

/** The GPU cannot read, or stopped reading. */
public final class GpuException extends DeviceException {
    private static final long serialVersionUID = 1L;
    private static final long MEGABYTE = 1L << 20;

    private GpuException(String condition, Map<String, String> parameters, Throwable cause) {
        super(MambaError.of(condition, parameters), cause);
    }

    static GpuException unavailable(String device, String reason) {
        return new GpuException("MAMBA_DEVICE_UNAVAILABLE", Map.of("device", device, "reasons", reason), null);
    }

    /** Not the GPU's failure, so that no other engine reads instead. */
    static MambaException setting(String key, String value, String expected) {
        return MambaException.of(
                "MAMBA_ENGINE_OPTION", Map.of("option", "spark.mamba." + key, "value", value, "expected", expected));
    }

    static GpuException memory(String figures, String advice) {
        return new GpuException("MAMBA_GPU_MEMORY", Map.of("figures", figures, "advice", advice), null);
    }

    /** Not the GPU's failure either: any engine would have to make that array. */
    static MambaException results(long bytes, int logitRows) {
        return MambaException.of(
                "MAMBA_RESULTS_OF_A_CALL",
                Map.of("megabytes", Long.toString(bytes / MEGABYTE), "rows", Integer.toString(logitRows)));
    }

    static GpuException heap(String figures, OutOfMemoryError cause) {
        return new GpuException("MAMBA_GPU_HEAP", Map.of("figures", figures), cause);
    }

    static GpuException notBuilt(String device, Throwable cause) {
        return new GpuException("MAMBA_GPU_BUILD", failed(device, cause), cause);
    }

    static GpuException lost(String device, Throwable cause) {
        return new GpuException("MAMBA_GPU_LOST", failed(device, cause), cause);
    }

    static GpuException moved(String device, int attempts) {
        return new GpuException(
                "MAMBA_GPU_WORKSPACE_MOVED", Map.of("device", device, "attempts", Integer.toString(attempts)), null);
    }

    static GpuException closed() {
        return new GpuException("MAMBA_ENGINE_CLOSED", Map.of(), null);
    }

    private static Map<String, String> failed(String device, Throwable cause) {
        return Map.of("device", device, "cause", String.valueOf(cause.getMessage()));
    }
}

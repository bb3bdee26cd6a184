package io.mambaspark.engine;

import java.util.List;

/** No engine of the kind that was asked for can run here. */
public final class EngineUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineUnavailableException(String device, List<String> reasons) {
        super("[MAMBA_DEVICE_UNAVAILABLE] No engine for device '" + device + "' can run here"
                + (reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")")
                + ". Use one of: auto, cpu, gpu, opencl:NAME; 'cpu' always works.");
    }
}

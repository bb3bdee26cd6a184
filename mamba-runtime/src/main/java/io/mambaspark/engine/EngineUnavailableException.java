package io.mambaspark.engine;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import java.util.List;
import java.util.Map;

/** No engine of the requested kind can run here. */
public final class EngineUnavailableException extends MambaException {
    private static final long serialVersionUID = 1L;

    EngineUnavailableException(String device, List<String> reasons) {
        super(
                MambaError.of(
                        "MAMBA_DEVICE_UNAVAILABLE",
                        Map.of(
                                "device",
                                device,
                                "reasons",
                                reasons.isEmpty() ? "no provider serves it" : String.join("; ", reasons))),
                null);
    }
}

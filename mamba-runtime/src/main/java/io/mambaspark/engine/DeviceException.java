package io.mambaspark.engine;

import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;

/**
 * A device cannot hold the model, or stopped reading. The block that was being read is not read; another engine may read
 * it.
 */
public class DeviceException extends MambaException {
    private static final long serialVersionUID = 1L;

    /**
     * For engines.
     *
     * @param cause null if there is none
     */
    protected DeviceException(MambaError error, Throwable cause) {
        super(error, cause);
    }
}

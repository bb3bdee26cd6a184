package io.mambaspark.engine;

/**
 * A device cannot hold the model, or stopped reading: says why and what to do. The block that was being read is not; an
 * engine elsewhere may read it.
 */
public class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * For engines.
     *
     * @param message starts with an error class, ends with what to do
     * @param cause   null if there is none
     */
    protected DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}

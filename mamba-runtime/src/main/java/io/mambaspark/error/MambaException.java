package io.mambaspark.error;

import java.util.Map;

/** An exception of the runtime: carries its error as a value. In Spark SQL, {@code MambaSqlException} takes its place. */
public class MambaException extends RuntimeException implements MambaError.Carrier {
    private static final long serialVersionUID = 1L;

    private final MambaError error;

    /**
     * For this error.
     *
     * @param cause null if there is none
     */
    public MambaException(MambaError error, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    /** For an error of the table. */
    public static MambaException of(String condition, Map<String, String> parameters) {
        return of(condition, parameters, null);
    }

    /** The same, because of another failure; null if there is none. */
    public static MambaException of(String condition, Map<String, String> parameters, Throwable cause) {
        return new MambaException(MambaError.of(condition, parameters), cause);
    }

    @Override
    public final MambaError error() {
        return error;
    }
}

package io.mambaspark.sql;

import io.mambaspark.error.MambaError;
import java.util.Map;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkRuntimeException;

/**
 * Why a row has no value, as one of Spark's own exceptions, so that PySpark and Spark Connect show it as they show theirs:
 * a condition, its SQLSTATE, the offending values, what to do.
 *
 * <p>Spark's table of conditions does not know ours, and the constructor looks its condition up there: it gets one of
 * Spark's that takes any message, and all that is looked up by condition is overridden.
 */
public final class MambaSqlException extends SparkRuntimeException implements MambaError.Carrier {
    private static final long serialVersionUID = 1L;
    private static final String ANY_MESSAGE = "USER_RAISED_EXCEPTION";

    private final MambaError error;

    private MambaSqlException(MambaError error, Throwable cause) {
        super(
                ANY_MESSAGE,
                new scala.collection.immutable.Map.Map1<>("errorMessage", error.message()),
                cause,
                new QueryContext[0],
                "");
        this.error = error;
    }

    /** For this error, because of another failure; null if there is none. */
    public static MambaSqlException of(MambaError error, Throwable cause) {
        return new MambaSqlException(error, cause);
    }

    /** For an error of the table. */
    public static MambaSqlException of(String condition, Map<String, String> parameters) {
        return of(condition, parameters, null);
    }

    /** The same, because of another failure; null if there is none. */
    public static MambaSqlException of(String condition, Map<String, String> parameters, Throwable cause) {
        return of(MambaError.of(condition, parameters), cause);
    }

    /** The same as a failure of the runtime. */
    public static MambaSqlException of(RuntimeException failure) {
        return failure instanceof MambaSqlException same ? same : of(MambaError.of(failure), failure);
    }

    @Override
    public MambaError error() {
        return error;
    }

    @Override
    public String getMessage() {
        return error.message();
    }

    @Override
    public String getCondition() {
        return error.condition();
    }

    /** Deprecated in Spark, and still what its versions before 4.1 ask for. */
    @Override
    public String getErrorClass() {
        return error.condition();
    }

    @Override
    public String getSqlState() {
        return error.sqlState();
    }

    @Override
    public Map<String, String> getMessageParameters() {
        return error.parameters();
    }

    @Override
    public String getDefaultMessageTemplate() {
        return error.template();
    }

    @Override
    public boolean isInternalError() {
        return false;
    }
}

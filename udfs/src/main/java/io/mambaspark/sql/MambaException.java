package io.mambaspark.sql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** Why a row has no value, in Spark's own form: a condition, its SQLSTATE, the offending values, what to do. */
public final class MambaException extends RuntimeException implements SparkThrowable {
    private static final long serialVersionUID = 1L;
    private static final Pattern CONDITION = Pattern.compile("\\[(MAMBA_[A-Z_]+)]\\s*(.*)", Pattern.DOTALL);

    private final String condition;
    private final Map<String, String> parameters;

    private MambaException(String condition, String message, Map<String, String> parameters, Throwable cause) {
        super(message, cause);
        this.condition = condition;
        this.parameters = Map.copyOf(parameters);
    }

    /** An error of {@code mamba-error-conditions.json}. */
    public static MambaException of(String condition, Map<String, String> parameters) {
        return of(condition, parameters, null);
    }

    /** The same, because of another error; null if there is none. */
    public static MambaException of(String condition, Map<String, String> parameters, Throwable cause) {
        return new MambaException(condition, ErrorConditions.message(condition, parameters), parameters, cause);
    }

    /** The same as an error of the runtime, whose messages start with their condition in brackets. */
    public static MambaException ofRuntime(String message, Throwable cause) {
        Matcher named = CONDITION.matcher(String.valueOf(message));
        String condition = named.matches() ? named.group(1) : "MAMBA_READING_FAILED";
        String text = named.matches() ? named.group(2) : String.valueOf(message);
        return new MambaException(condition, ErrorConditions.format(condition, text), Map.of("message", text), cause);
    }

    @Override
    public String getCondition() {
        return condition;
    }

    @Override
    public String getSqlState() {
        return ErrorConditions.sqlState(condition);
    }

    @Override
    public Map<String, String> getMessageParameters() {
        return parameters;
    }
}

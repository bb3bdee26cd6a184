package io.mambaspark.error;

import java.io.Serializable;
import java.util.Map;

/**
 * What went wrong, as a value: a condition of the table and the values that fill its message.
 *
 * @param condition  a key of {@code error-conditions.json}, such as {@code MAMBA_QUERY_EMPTY}
 * @param parameters the values of the template's placeholders, all of them
 */
public record MambaError(String condition, Map<String, String> parameters) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The condition of a failure that carries no error of its own. */
    public static final String READING_FAILED = "MAMBA_READING_FAILED";

    /** An exception, of whatever class, that carries an error. */
    public interface Carrier {
        /** The error. */
        MambaError error();
    }

    /** Refuses a condition that is not in the table, or parameters that its template does not have. */
    public MambaError {
        parameters = Map.copyOf(parameters);
        ErrorConditions.check(condition, parameters);
    }

    /** An error of the table. */
    public static MambaError of(String condition, Map<String, String> parameters) {
        return new MambaError(condition, parameters);
    }

    /** The error that an exception carries; {@value #READING_FAILED} with the exception's own words if it carries none. */
    public static MambaError of(Throwable failure) {
        return failure instanceof Carrier carrier
                ? carrier.error()
                : of(READING_FAILED, Map.of("message", failure.toString()));
    }

    /** The SQLSTATE of the condition: five characters. */
    public String sqlState() {
        return ErrorConditions.of(condition).sqlState();
    }

    /** The message template of the condition, with {@code <parameters>}. */
    public String template() {
        return ErrorConditions.of(condition).template();
    }

    /** The whole message, in the form of Spark's own: condition in brackets, text, SQLSTATE. */
    public String message() {
        return "[" + condition + "] " + ErrorConditions.fill(template(), parameters) + " SQLSTATE: " + sqlState();
    }

    @Override
    public String toString() {
        return message();
    }
}

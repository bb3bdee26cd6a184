package io.mambaspark.sql;

import java.io.Serializable;

/**
 * How a query calls a function.
 *
 * @param function      what is called
 * @param errorsAreNull whether it is called by its {@code try_} name
 * @param model         what reads
 */
public record Call(MambaFunction function, boolean errorsAreNull, ModelChoice model) implements Serializable {
    /** The prefix of the names under which errors are NULL. */
    public static final String TRY = "try_";

    /** The name in SQL. */
    public String name() {
        String name = function.description().name();
        return errorsAreNull ? TRY + name : name;
    }
}

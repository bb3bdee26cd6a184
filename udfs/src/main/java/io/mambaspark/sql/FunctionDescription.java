package io.mambaspark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * All that is said about a SQL function, once: every door and the documentation are made of it.
 *
 * @param name      as in SQL
 * @param usage     what it does, in sentences
 * @param arguments in order; those that may be left out come last
 * @param result    its type
 * @param meaning   what the result is, NULL and blank texts included
 * @param examples  that run
 * @param since     the version that brought it
 * @param errors    the conditions that it may fail with, see {@code mamba-error-conditions.json}
 */
public record FunctionDescription(
        String name,
        String usage,
        List<Argument> arguments,
        DataType result,
        String meaning,
        List<Example> examples,
        String since,
        List<String> errors) {
    /**
     * Stands in a call for an argument that was left out, has no default and has others after it. No NULL: that is a value.
     */
    public static final String LEFT_OUT = "__left_out__";

    /**
     * A query and what it gives.
     *
     * @param sql    without the semicolon
     * @param result as {@code spark-sql} prints it
     */
    public record Example(String sql, String result) {}

    /** How many arguments a call must have at least. */
    public int fewestArguments() {
        return (int) arguments.stream().filter(argument -> !argument.optional()).count();
    }

    /**
     * All arguments of a call: defaults for those that it leaves out and for constants that are NULL.
     *
     * @param given by place, as many as there are; null for NULL
     * @return null for an argument that was left out and has no default, and for NULL
     */
    public Object[] complete(Object[] given) {
        Object[] all = new Object[arguments.size()];
        for (int i = 0; i < all.length; i++) {
            Argument argument = arguments.get(i);
            boolean leftOut = i >= given.length || argument.optional() && LEFT_OUT.equals(given[i]);
            boolean standard = leftOut || given[i] == null && argument.mayBeNull();
            all[i] = standard ? argument.defaultValue() : given[i];
        }
        return all;
    }

    /** Such as {@code mamba_summarize(text [, max_words [, query [, format]]])}. */
    public String call() {
        StringBuilder call = new StringBuilder(name).append('(');
        int open = 0;
        for (int i = 0; i < arguments.size(); i++) {
            boolean optional = arguments.get(i).optional();
            call.append(optional && i > 0 ? " [, " : optional ? "[" : i > 0 ? ", " : "")
                    .append(arguments.get(i).name());
            open += optional ? 1 : 0;
        }
        return call.append("]".repeat(open)).append(')').toString();
    }
}

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

    /** Such as {@code mamba_summarize(text [, max_words [, query]])}. */
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

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.FunctionDescription;
import io.mambaspark.sql.MambaFunction;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/** What {@code DESCRIBE FUNCTION EXTENDED} says, in the form of Spark's own functions. */
final class FunctionInfo {
    private FunctionInfo() {}

    static ExpressionInfo of(MambaFunction function, boolean errorsAreNull) {
        FunctionDescription description = function.description();
        return errorsAreNull
                ? of(function.getClass(), description, Call.TRY, " NULL where " + description.name() + " fails.")
                : of(function.getClass(), description);
    }

    /** Of a function without a {@code try_} form. */
    static ExpressionInfo of(Class<?> function, FunctionDescription description) {
        return of(function, description, "", "");
    }

    private static ExpressionInfo of(Class<?> function, FunctionDescription description, String prefix, String remark) {
        return new ExpressionInfo(
                function.getName(),
                null,
                prefix + description.name(),
                prefix + description.call() + " - " + description.usage() + remark + "\n",
                arguments(description),
                examples(description, prefix),
                "\n      " + description.meaning() + "\n  ",
                "",
                description.since(),
                "",
                "java_udf");
    }

    private static String arguments(FunctionDescription description) {
        StringBuilder text = new StringBuilder("\n    Arguments:\n");
        for (Argument argument : description.arguments()) {
            text.append("      * ").append(argument.name()).append(" - ");
            text.append(String.join(" or ", argument.typeNames()));
            if (argument.defaultValue() != null) {
                text.append(", ").append(argument.defaultValue()).append(" by default");
            }
            text.append(". ").append(argument.meaning()).append('\n');
        }
        return text.toString();
    }

    private static String examples(FunctionDescription description, String prefix) {
        StringBuilder text = new StringBuilder("\n    Examples:\n");
        for (FunctionDescription.Example example : description.examples()) {
            text.append("      > ")
                    .append(example.sql().replace(description.name(), prefix + description.name()))
                    .append(";\n       ")
                    .append(example.result())
                    .append('\n');
        }
        return text.toString();
    }
}

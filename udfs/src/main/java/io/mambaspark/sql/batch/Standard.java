package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.FunctionDescription;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.types.StringType;

/** What stands in a plan for arguments that a call leaves out. */
final class Standard {
    private Standard() {}

    /** {@link FunctionDescription#LEFT_OUT} for a text, else the default of the argument. */
    static Expression of(Argument argument) {
        boolean isText = argument.types().get(0) instanceof StringType;
        return Literal$.MODULE$.apply(isText ? FunctionDescription.LEFT_OUT : argument.defaultValue());
    }

    /** Whether this is {@link FunctionDescription#LEFT_OUT}, also where Spark has made a name of it for a column. */
    static boolean isLeftOut(Expression value) {
        return value.sql().replace("'", "").equals(FunctionDescription.LEFT_OUT);
    }

    /** Whether a call leaves {@code argument} out by giving nothing or a literal NULL. */
    static boolean isFor(Argument argument, Expression given) {
        return given == null || argument.optional() && isNull(given);
    }

    private static boolean isNull(Expression value) {
        return value instanceof Cast cast
                ? isNull(cast.child())
                : value instanceof Literal literal && literal.value() == null;
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.FunctionDescription;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.unsafe.types.UTF8String;

/** What stands in a plan for arguments that a call leaves out. */
final class Standard {
    private static final UTF8String LEFT_OUT = UTF8String.fromString(FunctionDescription.LEFT_OUT);

    private Standard() {}

    /** The default of an argument, or {@link FunctionDescription#LEFT_OUT} if it has none. */
    static Expression of(Argument argument) {
        Object value = argument.defaultValue();
        return Literal$.MODULE$.apply(value == null ? FunctionDescription.LEFT_OUT : value);
    }

    /** Whether this is {@link FunctionDescription#LEFT_OUT}. */
    static boolean isLeftOut(Expression value) {
        return value instanceof Literal literal && LEFT_OUT.equals(literal.value());
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

package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import scala.Option;

/** Columns of plans. */
final class Columns {
    private Columns() {}

    /** {@code value AS name}: a column of its own, whatever others are called. */
    static Alias named(String name, Expression value) {
        return new Alias(value, name, NamedExpression$.MODULE$.newExprId(), Scala.seq(), Option.empty(), Scala.seq());
    }
}

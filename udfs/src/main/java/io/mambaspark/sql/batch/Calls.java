package io.mambaspark.sql.batch;

import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Where calls are. */
final class Calls {
    private Calls() {}

    /**
     * Whether an operator calls a function of a text that is not lifted yet. A command does not: its expressions are no
     * values of its child's rows. From those of an UPDATE, Spark makes a query of its own.
     */
    static boolean in(LogicalPlan operator) {
        return !(operator instanceof MambaRead || operator instanceof Command)
                && operator.expressions().exists(Calls::in);
    }

    static boolean in(Expression expression) {
        return expression.exists(part -> part instanceof MambaExpression call && call.takesText());
    }

    /**
     * Collects the calls that have no call among their arguments and can be evaluated on rows.
     *
     * @param found takes them by their canonical form
     * @return whether there is any call in {@code expression}
     */
    static boolean innermost(Expression expression, Map<Expression, MambaExpression> found) {
        boolean below = false;
        for (Expression child : Scala.list(expression.children())) {
            below |= innermost(child, found);
        }
        if (!(expression instanceof MambaExpression call && call.takesText())) {
            return below;
        }
        if (!below && call.deterministic() && !call.exists(Calls::isNoMatterOfRows)) {
            found.putIfAbsent(call.canonicalized(), call);
        }
        return true;
    }

    private static boolean isNoMatterOfRows(Expression expression) {
        return expression instanceof AggregateExpression
                || expression instanceof NamedLambdaVariable
                || expression instanceof OuterReference
                || expression instanceof WindowExpression;
    }
}

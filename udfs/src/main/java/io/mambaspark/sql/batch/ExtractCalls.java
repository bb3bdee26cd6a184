package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Lifts calls out of a plan into {@link MambaRead}s below the operators that use them. What it leaves alone (calls in
 * lambdas, or over both sides of an outer join) is evaluated row by row: a call that is missed costs time and is never
 * wrong. Idempotent.
 *
 * <p>Runs before the cost-based rules: filters and columns are pushed down by then, and scans are not planned yet; and once
 * more at the end, for what {@code RewriteSubquery} made of EXISTS and IN.
 */
final class ExtractCalls extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (!plan.exists(Calls::in)) {
            return plan;
        }
        LogicalPlan simplified = (LogicalPlan)
                plan.transformAllExpressions(Scala.when(ExtractCalls::asksForNothing, ExtractCalls::askArguments));
        LogicalPlan lifted = simplified.transformUp(Scala.when(Calls::in, Lifting::lift));
        LogicalPlan ordered = Ordering.readOnce(lifted);
        return ColumnPruning$.MODULE$.apply(ordered);
    }

    /** {@code isnotnull(call)}, which Spark adds for join keys, where the call is NULL only if an argument is. */
    private static boolean asksForNothing(Expression expression) {
        return expression instanceof IsNotNull notNull
                && notNull.child() instanceof MambaExpression call
                && call.nullOnlyForNull();
    }

    private static Expression askArguments(Expression expression) {
        return Scala.list(((IsNotNull) expression).child().children()).stream()
                .map(argument -> (Expression) new IsNotNull(argument))
                .reduce(And::new)
                .orElseThrow();
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.EmbedFunction;
import io.mambaspark.sql.SimilarityFunction;
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
    public LogicalPlan apply(LogicalPlan given) {
        LogicalPlan plan = new CatalogCalls().apply(given);
        if (!plan.exists(Calls::in) || !SessionConf.read().batched()) {
            return plan;
        }
        LogicalPlan simplified = (LogicalPlan)
                plan.transformAllExpressions(Scala.when(ExtractCalls::asksForNothing, ExtractCalls::askArguments));
        LogicalPlan ofVectors = (LogicalPlan) simplified.transformAllExpressions(
                Scala.when(ExtractCalls::comparesTexts, ExtractCalls::compareVectors));
        LogicalPlan lifted = ofVectors.transformUp(Scala.when(Calls::in, Lifting::lift));
        LogicalPlan ordered = Ordering.readOnce(lifted);
        return ColumnPruning$.MODULE$.apply(ordered);
    }

    private static boolean comparesTexts(Expression expression) {
        return expression instanceof MambaExpression call
                && call.call().function() instanceof SimilarityFunction
                && call.takesText();
    }

    /** Texts are compared by their vectors, which other calls may share. */
    private static Expression compareVectors(Expression expression) {
        Call similarity = ((MambaExpression) expression).call();
        Call embedding = new Call(new EmbedFunction(), similarity.errorsAreNull(), similarity.model());
        return new MambaExpression(
                similarity,
                Scala.<Expression>seq(Scala.list(expression.children()).stream()
                        .map(text -> new MambaExpression(embedding, Scala.seq(text)))
                        .toList()));
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

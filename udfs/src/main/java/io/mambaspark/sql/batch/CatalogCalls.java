package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Makes calls of the catalog's functions the same expressions as all other calls. */
final class CatalogCalls extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return (LogicalPlan) plan.transformAllExpressions(Scala.when(CatalogCalls::isOurs, CatalogCalls::call));
    }

    private static boolean isOurs(Expression expression) {
        return expression instanceof ApplyFunctionExpression apply
                && apply.function() instanceof BoundCall
                && apply.resolved();
    }

    private static Expression call(Expression expression) {
        ApplyFunctionExpression apply = (ApplyFunctionExpression) expression;
        Call call = ((BoundCall) apply.function()).call();
        return FunctionBuilder.expression(call, Scala.list(apply.children()));
    }
}

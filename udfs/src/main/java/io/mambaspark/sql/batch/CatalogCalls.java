package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.V2Aggregator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Makes calls of the catalog's functions the same expressions as all other calls. */
final class CatalogCalls extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        LogicalPlan called =
                (LogicalPlan) plan.transformAllExpressions(Scala.when(CatalogCalls::isOurs, CatalogCalls::call));
        return (LogicalPlan)
                called.transformAllExpressions(Scala.when(CatalogCalls::isOurGroup, CatalogCalls::groupCall));
    }

    private static boolean isOurGroup(Expression expression) {
        return expression instanceof V2Aggregator<?, ?> aggregator
                && (Object) aggregator.aggrFunc() instanceof BoundGroupCall
                && aggregator.resolved();
    }

    private static Expression groupCall(Expression expression) {
        V2Aggregator<?, ?> aggregator = (V2Aggregator<?, ?>) expression;
        BoundGroupCall group = (BoundGroupCall) (Object) aggregator.aggrFunc();
        return FunctionBuilder.aggregate(
                group.call(), Scala.list(aggregator.children()), KeyOrder.NONE, group.maxBytes());
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

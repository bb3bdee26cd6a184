package io.mambaspark.sql.batch;

import io.mambaspark.sql.SummarizeAggFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Option;

/** Reads the rows of an ordered window in its order, where a call names none, and refuses calls that have no order. */
final class WindowOrder extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        LogicalPlan ordered =
                (LogicalPlan) plan.transformAllExpressions(Scala.when(WindowOrder::hasOrder, WindowOrder::takeOrder));
        ordered.foreach(operator -> {
            operator.expressions().foreach(WindowOrder::refuseWithoutOrder);
            return null;
        });
        return ordered;
    }

    private static boolean awaitsOrder(Expression expression) {
        return expression instanceof MambaAggregate aggregate && !aggregate.orderingFilled();
    }

    private static boolean hasOrder(Expression expression) {
        return expression instanceof WindowExpression window
                && window.windowFunction() instanceof AggregateExpression function
                && awaitsOrder(function.aggregateFunction())
                && !window.windowSpec().orderSpec().isEmpty();
    }

    private static Expression takeOrder(Expression expression) {
        WindowExpression window = (WindowExpression) expression;
        AggregateExpression function = (AggregateExpression) window.windowFunction();
        AggregateFunction ordered = ((MambaAggregate) function.aggregateFunction())
                .withOrderingWithinGroup(window.windowSpec().orderSpec());
        return new WindowExpression(
                new AggregateExpression(
                        ordered, function.mode(), function.isDistinct(), function.filter(), function.resultId()),
                window.windowSpec());
    }

    private static Object refuseWithoutOrder(Expression expression) {
        Option<Expression> found = expression.find(WindowOrder::awaitsOrder);
        if (found.isDefined()) {
            String function = ((MambaAggregate) found.get()).prettyName();
            throw Unchecked.of(MambaAnalysisException.of(SummarizeAggFunction.orderRequired(function)));
        }
        return null;
    }
}

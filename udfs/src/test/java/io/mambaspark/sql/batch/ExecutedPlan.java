package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;

/** How a query that ran was evaluated. */
final class ExecutedPlan {
    private final List<SparkPlan> operators = new ArrayList<>();

    ExecutedPlan(Dataset<Row> query) {
        collect(((org.apache.spark.sql.classic.Dataset<Row>) query)
                .queryExecution()
                .executedPlan());
    }

    private void collect(SparkPlan plan) {
        operators.add(plan);
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            collect(adaptive.executedPlan());
        } else if (plan instanceof QueryStageExec stage) {
            collect(stage.plan());
        } else if (!(plan instanceof ReusedExchangeExec)) { // what it reuses is counted where it is
            Scala.list(plan.children()).forEach(this::collect);
        }
        Scala.list(plan.subqueries()).forEach(subquery -> collect((SparkPlan) subquery));
    }

    /** A metric, summed over all reads. */
    long metric(String name) {
        return operators.stream()
                .filter(operator -> operator instanceof MambaReadExec || operator instanceof MambaReadGroupsExec)
                .mapToLong(read -> read.metrics().apply(name).value())
                .sum();
    }

    /** How many reads there are. */
    long reads() {
        return operators.stream().filter(MambaReadExec.class::isInstance).count();
    }

    /** Whether a call was left to be evaluated row by row. */
    boolean hasRowByRow() {
        return operators.stream()
                .filter(operator -> !(operator instanceof MambaReadExec))
                .anyMatch(operator -> operator.expressions()
                        .exists(expression -> ((Expression) expression).exists(MambaExpression.class::isInstance)));
    }

    @Override
    public String toString() {
        return operators.get(0).toString();
    }
}

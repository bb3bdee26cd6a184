package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.MambaSqlException;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FunctionTableSubqueryArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A whole table given to a table function: {@code TABLE(name)} or {@code TABLE(SELECT …)}. */
final class TableArgument {
    private TableArgument() {}

    static boolean isTable(Expression value) {
        return value instanceof FunctionTableSubqueryArgumentExpression;
    }

    /**
     * The plan of the table.
     *
     * @throws MambaSqlException when {@code value} is none, or may differ from row to row of a LATERAL join
     */
    static LogicalPlan plan(String function, Argument argument, Expression value) {
        if (!(value instanceof FunctionTableSubqueryArgumentExpression table)) {
            throw argument.refuse(function, "of type " + value.dataType().sql());
        }
        if (table.hasRepartitioning() || !table.orderByExpressions().isEmpty()) {
            throw argument.refuse(function, "a table with PARTITION BY, ORDER BY or WITH SINGLE PARTITION");
        }
        if (!table.outerAttrs().isEmpty()) {
            throw MambaSqlException.of(
                    "MAMBA_ARGUMENT_NOT_CONSTANT",
                    Map.of(
                            "function",
                            function,
                            "argument",
                            argument.name(),
                            "expression",
                            "a table that names columns of the rows around it"));
        }
        return table.plan();
    }
}

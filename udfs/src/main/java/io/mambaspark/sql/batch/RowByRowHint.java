package io.mambaspark.sql.batch;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** Warns of a call that {@link ExtractCalls} had to leave where it is, once a session. */
final class RowByRowHint {
    private static final Logger LOG = LoggerFactory.getLogger(RowByRowHint.class);

    /** The configurations of the sessions that were told: what lives as long as a session and is at hand where it plans. */
    private static final Set<SQLConf> TOLD =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private RowByRowHint() {}

    /** Looks at an optimized plan of the session at hand. */
    static void look(LogicalPlan plan) {
        Option<LogicalPlan> operator = plan.find(Calls::in);
        if (operator.isDefined() && SessionConf.read().batched() && TOLD.add(SQLConf.get())) {
            MambaExpression call = firstCall(operator.get());
            LOG.warn(
                    "{} reads one row at a time, which is slower than in batches: {}. Other calls may, too: this is said once a"
                            + " session.",
                    call.prettyName(),
                    reason(call, operator.get()));
        }
    }

    private static MambaExpression firstCall(LogicalPlan operator) {
        List<Expression> expressions = Scala.list(operator.expressions());
        return expressions.stream()
                .map(expression -> expression.find(part -> part instanceof MambaExpression call && call.takesText()))
                .filter(Option::isDefined)
                .map(found -> (MambaExpression) found.get())
                .findFirst()
                .orElseThrow();
    }

    private static String reason(MambaExpression call, LogicalPlan operator) {
        if (call.exists(NamedLambdaVariable.class::isInstance)) {
            return "its argument is a variable of a lambda function; explode the array first";
        }
        if (call.exists(WindowExpression.class::isInstance) || call.exists(AggregateExpression.class::isInstance)) {
            return "its argument is a window or aggregate function; compute that in a subquery";
        }
        if (call.exists(OuterReference.class::isInstance)) {
            return "its argument is a column of an outer query; call it there";
        }
        if (!call.deterministic()) {
            return "its argument is not deterministic; compute that in a subquery";
        }
        return operator instanceof Join
                ? "it stands in the condition of an outer join and takes columns of both sides"
                : "it stands in an operator that takes no columns for it, " + operator.nodeName();
    }
}

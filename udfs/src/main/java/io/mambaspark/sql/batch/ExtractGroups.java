package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.RowOrdering$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.Metadata;

/**
 * Makes a {@link MambaReadGroups} of an aggregate whose only function is a {@link MambaAggregate}. Others stay as they are
 * and hold the texts of a group in memory. Runs beside {@link ExtractCalls}. Idempotent.
 */
final class ExtractGroups extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (!plan.exists(ExtractGroups::canStream) || !SessionConf.read().batched()) {
            return plan;
        }
        LogicalPlan extracted = plan.transformUp(Scala.when(
                ExtractGroups::canStream, aggregate -> new ExtractGroups.Extraction((Aggregate) aggregate).plan()));
        return ColumnPruning$.MODULE$.apply(extracted);
    }

    private static boolean canStream(LogicalPlan plan) {
        return plan instanceof Aggregate aggregate
                && !aggregate.isStreaming()
                && onlyFunction(aggregate).isPresent()
                && RowOrdering$.MODULE$.isOrderable(aggregate.groupingExpressions());
    }

    /** The only aggregate function, if it is ours and takes all rows. */
    private static Optional<MambaAggregate> onlyFunction(Aggregate aggregate) {
        List<AggregateExpression> functions = new ArrayList<>();
        for (NamedExpression column : Scala.list(aggregate.aggregateExpressions())) {
            ((Expression) column).foreach(part -> {
                if (part instanceof AggregateExpression function) {
                    functions.add(function);
                }
                return null;
            });
        }
        boolean one = functions.stream()
                        .map(function -> function.aggregateFunction().canonicalized())
                        .distinct()
                        .count()
                == 1;
        boolean allRows = functions.stream()
                .noneMatch(
                        function -> function.isDistinct() || function.filter().isDefined());
        return one && allRows && functions.get(0).aggregateFunction() instanceof MambaAggregate ours
                ? Optional.of(ours)
                : Optional.empty();
    }

    /** The extraction from one aggregate. */
    private static final class Extraction {
        private final Aggregate aggregate;
        private final MambaAggregate function;
        /** The columns of the rows to be grouped. */
        private final List<NamedExpression> columns = new ArrayList<>();

        private Extraction(Aggregate aggregate) {
            this.aggregate = aggregate;
            this.function = onlyFunction(aggregate).orElseThrow();
        }

        private LogicalPlan plan() {
            List<Expression> groupingExpressions = Scala.list(aggregate.groupingExpressions());
            List<Attribute> grouping =
                    groupingExpressions.stream().map(this::column).toList();
            Attribute text = column(function.text());
            List<Attribute> keys = function.keys().stream().map(this::column).toList();
            Attribute result = new AttributeReference(
                    function.prettyName(),
                    function.dataType(),
                    true,
                    Metadata.empty(),
                    NamedExpression$.MODULE$.newExprId(),
                    Scala.seq());
            LogicalPlan read = new MambaReadGroups(
                    Scala.seq(grouping),
                    new GroupCall(function.call(), function.settings()),
                    text,
                    Scala.seq(function.order().by(keys)),
                    result,
                    new Project(Scala.seq(columns), aggregate.child()));
            List<NamedExpression> above = Scala.list(aggregate.aggregateExpressions()).stream()
                    .map(column -> (NamedExpression) ((Expression) column)
                            .transformDown(Scala.when(
                                    part -> part instanceof AggregateExpression
                                            || place(groupingExpressions, part) >= 0,
                                    part -> part instanceof AggregateExpression
                                            ? result
                                            : grouping.get(place(groupingExpressions, part)))))
                    .toList();
            return new Project(Scala.seq(above), read);
        }

        private static int place(List<Expression> all, Expression part) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).semanticEquals(part)) {
                    return i;
                }
            }
            return -1;
        }

        private Attribute column(Expression value) {
            NamedExpression column = value instanceof Attribute attribute ? attribute : Columns.named("value", value);
            if (columns.stream().noneMatch(other -> other.exprId().equals(column.exprId()))) {
                columns.add(column);
            }
            return column.toAttribute();
        }
    }
}

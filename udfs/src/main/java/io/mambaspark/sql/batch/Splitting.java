package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.Option;

/** Parts operators into two, so that calls stand where their arguments are columns. */
final class Splitting {
    private Splitting() {}

    /**
     * Conditions without calls first: rows that fall to them are not read. Not across a condition such as {@code rand() <
     * 0.5}, whose values depend on the rows that reach it.
     */
    static LogicalPlan callsLast(Filter filter) {
        LogicalPlan plan = filter.child();
        List<Expression> plain = new ArrayList<>();
        List<Expression> calling = new ArrayList<>();
        for (Expression condition : conjuncts(filter.condition())) {
            if (!dependsOnItsRowAlone(condition)) {
                plan = filtered(filtered(filtered(plan, plain), calling), List.of(condition));
                plain.clear();
                calling.clear();
            } else {
                (Calls.in(condition) ? calling : plain).add(condition);
            }
        }
        return filtered(filtered(plan, plain), calling);
    }

    private static LogicalPlan filtered(LogicalPlan plan, List<Expression> conditions) {
        return conditions.isEmpty() ? plan : new Filter(and(conditions), plan);
    }

    /** For Spark, the file of a row is not deterministic, but it stays the same whichever rows were read before. */
    private static boolean dependsOnItsRowAlone(Expression condition) {
        return ((Expression) condition.transformUp(Scala.when(
                        part -> part instanceof InputFileName
                                || part instanceof InputFileBlockStart
                                || part instanceof InputFileBlockLength,
                        part -> Literal$.MODULE$.create(null, part.dataType()))))
                .deterministic();
    }

    /**
     * An inner join whose condition has calls over both sides: these conditions go above it. Not above the state of a join
     * of two streams.
     */
    static Optional<Filter> aboveJoin(Join join) {
        boolean inner = join.joinType() == Inner$.MODULE$ || join.joinType() == Cross$.MODULE$;
        boolean stateful = join.left().isStreaming() && join.right().isStreaming();
        if (!inner || stateful || join.condition().isEmpty()) {
            return Optional.empty();
        }
        List<Expression> above = new ArrayList<>();
        List<Expression> within = new ArrayList<>();
        for (Expression condition : conjuncts(join.condition().get())) {
            (condition.exists(part -> part instanceof MambaExpression && needsBothSides(part, join)) ? above : within)
                    .add(condition);
        }
        if (above.isEmpty()) {
            return Optional.empty();
        }
        Option<Expression> condition = within.isEmpty() ? Option.empty() : Option.apply(and(within));
        return Optional.of(
                new Filter(and(above), new Join(join.left(), join.right(), join.joinType(), condition, join.hint())));
    }

    private static boolean needsBothSides(Expression expression, Join join) {
        return !expression.references().subsetOf(join.left().outputSet())
                && !expression.references().subsetOf(join.right().outputSet());
    }

    /** An aggregate with a call of its results, as in {@code f(max(x))}: the call goes above it. */
    static Optional<Project> aboveAggregate(Aggregate aggregate) {
        boolean callsResults = aggregate
                .aggregateExpressions()
                .exists(column -> ((Expression) column)
                        .exists(part ->
                                part instanceof MambaExpression && part.exists(AggregateExpression.class::isInstance)));
        if (!callsResults) {
            return Optional.empty();
        }
        Map<Expression, NamedExpression> below = new LinkedHashMap<>();
        List<NamedExpression> above = new ArrayList<>();
        for (NamedExpression column : Scala.list(aggregate.aggregateExpressions())) {
            above.add((NamedExpression) ((Expression) column)
                    .transformDown(Scala.when(
                            part -> part instanceof AggregateExpression || isGrouping(aggregate, part),
                            part -> (Expression) below.computeIfAbsent(part.canonicalized(), key -> named(part))
                                    .toAttribute())));
        }
        LogicalPlan values = new Aggregate(
                aggregate.groupingExpressions(), Scala.seq(below.values()), aggregate.child(), aggregate.hint());
        return Optional.of(new Project(Scala.seq(above), values));
    }

    private static NamedExpression named(Expression value) {
        return value instanceof Attribute attribute ? attribute : Columns.named("value", value);
    }

    private static boolean isGrouping(Aggregate aggregate, Expression part) {
        return aggregate.groupingExpressions().exists(part::semanticEquals);
    }

    static List<Expression> conjuncts(Expression condition) {
        List<Expression> all = new ArrayList<>();
        if (condition instanceof And and) {
            all.addAll(conjuncts(and.left()));
            all.addAll(conjuncts(and.right()));
        } else {
            all.add(condition);
        }
        return all;
    }

    private static Expression and(List<Expression> conditions) {
        return conditions.stream().reduce(And::new).orElseThrow();
    }
}

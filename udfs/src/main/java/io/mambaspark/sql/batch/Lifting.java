package io.mambaspark.sql.batch;

import io.mambaspark.sql.ModelChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Metadata;
import scala.collection.immutable.Seq;

/** Lifts the calls of one operator into reads below it. */
final class Lifting {
    private final Map<Expression, Attribute> results = new HashMap<>();

    private Lifting() {}

    /** The operator with columns in place of its calls, as far as they can be lifted; its output stays the same. */
    static LogicalPlan lift(LogicalPlan operator) {
        if (operator instanceof Aggregate aggregate) {
            return Splitting.aboveAggregate(aggregate)
                    .map(above -> lift(new Project(above.projectList(), liftIfCalling(above.child()))))
                    .orElseGet(() -> liftHere(aggregate));
        }
        if (operator instanceof Filter filter) {
            return liftFilters(Splitting.callsLast(filter), filter.child());
        }
        if (operator instanceof Join join) {
            return Splitting.aboveJoin(join)
                    .map(above -> lift(new Filter(above.condition(), liftIfCalling(above.child()))))
                    .orElseGet(() -> liftHere(join));
        }
        return liftHere(operator);
    }

    /** Filters one above the other, down to their {@code child}. */
    private static LogicalPlan liftFilters(LogicalPlan filters, LogicalPlan child) {
        if (filters == child) {
            return child;
        }
        Filter filter = (Filter) filters;
        Filter lower = new Filter(filter.condition(), liftFilters(filter.child(), child));
        return Calls.in(lower) ? liftHere(lower) : lower;
    }

    private static LogicalPlan liftIfCalling(LogicalPlan operator) {
        return Calls.in(operator) ? lift(operator) : operator;
    }

    private static LogicalPlan liftHere(LogicalPlan operator) {
        LogicalPlan lifted = operator;
        LogicalPlan before;
        do { // calls of calls are lifted from the inside out
            before = lifted;
            lifted = new Lifting().innermost(before);
        } while (lifted != before);
        return withOutput(operator.output(), lifted);
    }

    private LogicalPlan innermost(LogicalPlan operator) {
        Map<Expression, MambaExpression> found = new LinkedHashMap<>();
        Scala.list(operator.expressions()).forEach(expression -> Calls.innermost(expression, found));
        List<LogicalPlan> children = new ArrayList<>();
        for (LogicalPlan child : Scala.list(operator.children())) {
            children.add(readIn(child, found));
        }
        if (results.isEmpty()) {
            return operator;
        }
        return (LogicalPlan) operator.withNewChildren(Scala.seq(children))
                .transformExpressionsDown(Scala.when(
                        expression -> expression instanceof MambaExpression
                                && results.containsKey(expression.canonicalized()),
                        expression -> results.get(expression.canonicalized())));
    }

    /** Evaluates on top of {@code child} those calls for which it has the columns, and takes them out of {@code found}. */
    private LogicalPlan readIn(LogicalPlan child, Map<Expression, MambaExpression> found) {
        LogicalPlan read = child;
        Map<ModelChoice, List<MambaExpression>> missing = new LinkedHashMap<>();
        Iterator<Map.Entry<Expression, MambaExpression>> all = found.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Expression, MambaExpression> call = all.next();
            if (!call.getValue().references().subsetOf(child.outputSet())) {
                continue;
            }
            all.remove();
            Reuse.Found known = Reuse.find(read, call.getValue());
            if (known != null) {
                read = known.plan();
                results.put(call.getKey(), known.result());
            } else {
                missing.computeIfAbsent(call.getValue().call().model(), model -> new ArrayList<>())
                        .add(call.getValue());
            }
        }
        for (List<MambaExpression> ofModel : missing.values()) {
            read = read(ofModel, read);
        }
        return read;
    }

    private LogicalPlan read(List<MambaExpression> calls, LogicalPlan child) {
        List<Attribute> attributes = new ArrayList<>();
        for (MambaExpression call : calls) {
            Attribute result = column(call);
            attributes.add(result);
            results.put(call.canonicalized(), result);
        }
        return new MambaRead(Scala.seq(calls), Scala.seq(attributes), child);
    }

    static Attribute column(MambaExpression call) {
        return new AttributeReference(
                call.prettyName(),
                call.dataType(),
                call.nullable(),
                Metadata.empty(),
                NamedExpression$.MODULE$.newExprId(),
                Scala.seq());
    }

    private static LogicalPlan withOutput(Seq<Attribute> output, LogicalPlan plan) {
        boolean same = plan.output().size() == output.size();
        for (int i = 0; same && i < output.size(); i++) {
            same = plan.output().apply(i).semanticEquals(output.apply(i));
        }
        return same ? plan : new Project(Scala.<NamedExpression>seq(Scala.list(output)), plan);
    }
}

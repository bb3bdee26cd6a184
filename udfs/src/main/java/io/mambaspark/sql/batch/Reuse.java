package io.mambaspark.sql.batch;

import io.mambaspark.sql.ReadingFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Finds a read below that has evaluated a call already, or that reads its text anyway: Spark copies expressions when it
 * pushes filters down, and a text shall be read once.
 */
final class Reuse {
    /** A plan that gives the result of a call. */
    record Found(LogicalPlan plan, Attribute result) {}

    private Reuse() {}

    /** Looks through filters and projections; null if there is no such read. */
    static Found find(LogicalPlan plan, MambaExpression call) {
        if (plan instanceof MambaRead read) {
            return findIn(read, call);
        }
        if (plan instanceof Filter filter) {
            Found below = find(filter.child(), call);
            return below == null ? null : new Found(new Filter(filter.condition(), below.plan()), below.result());
        }
        if (plan instanceof Project project) {
            Found below = find(project.child(), call);
            return below == null ? null : new Found(withColumn(project, below), below.result());
        }
        return null;
    }

    private static Found findIn(MambaRead read, MambaExpression call) {
        for (int i = 0; i < read.calls().size(); i++) {
            if (read.calls().apply(i).canonicalized().equals(call.canonicalized())) {
                return new Found(read, read.results().apply(i));
            }
        }
        if (readsTheTextOf(read, call)) {
            Attribute result = Lifting.column(call);
            return new Found(
                    new MambaRead(
                            Scala.concat(read.calls(), Scala.<Expression>seq(call)),
                            Scala.concat(read.results(), Scala.seq(result)),
                            read.child()),
                    result);
        }
        Found below = find(read.child(), call);
        return below == null ? null : new Found(read.with(below.plan()), below.result());
    }

    private static boolean readsTheTextOf(MambaRead read, MambaExpression call) {
        return isReading(call)
                && call.references().subsetOf(read.child().outputSet())
                && read.calls()
                        .exists(other -> isReading((MambaExpression) other)
                                && ((MambaExpression) other)
                                        .call()
                                        .model()
                                        .equals(call.call().model())
                                && text(other).equals(text(call)));
    }

    private static boolean isReading(MambaExpression call) {
        return call.call().function() instanceof ReadingFunction;
    }

    private static Expression text(Expression call) {
        return call.children().apply(0).canonicalized();
    }

    private static Project withColumn(Project project, Found below) {
        List<NamedExpression> columns = Scala.list(project.projectList());
        boolean there = columns.stream()
                .anyMatch(column -> column instanceof Attribute
                        && column.exprId().equals(below.result().exprId()));
        if (!there) {
            columns.add(below.result());
        }
        return new Project(Scala.seq(columns), below.plan());
    }
}

package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import scala.Option;

/**
 * Places reads among sorts and limits. A read gives one row for each, in order: limits and sorts by other columns may go
 * below it. Spark partitions a global sort by a sample of its input, and would compute the input twice; what must be read
 * before it is sorted is shuffled in between, so that the second time reads the shuffle's files.
 */
final class Ordering {
    private Ordering() {}

    static LogicalPlan readOnce(LogicalPlan plan) {
        LogicalPlan lower = plan.transformUp(Scala.when(Ordering::movesBelowReads, Ordering::pushBelowReads));
        return shuffleBeforeSampling(lower, false);
    }

    /** Not of a stream: its operators keep their state only if all their rows are taken, which a limit above them ends. */
    private static boolean movesBelowReads(LogicalPlan plan) {
        boolean sortOrLimit = plan instanceof Sort sort && sort.global()
                || plan instanceof LocalLimit
                || plan instanceof GlobalLimit limit && limit.child() instanceof LocalLimit;
        return sortOrLimit && !plan.isStreaming();
    }

    private static LogicalPlan pushBelowReads(LogicalPlan operator) {
        LogicalPlan child = operator.children().apply(0);
        if (operator instanceof Sort sort) {
            return push(sort, sort.child());
        }
        if (operator instanceof GlobalLimit) {
            return pushTopN(operator, child.children().apply(0));
        }
        return pushLocalLimit((LocalLimit) operator, child);
    }

    /** Sort(columns(read(x))) becomes columns(read(Sort(x))), unless it sorts by what is read. */
    private static LogicalPlan push(Sort sort, LogicalPlan child) {
        if (child instanceof MambaRead read) {
            return sort.references().subsetOf(read.child().outputSet())
                    ? read.with(push(new Sort(sort.order(), true, read.child(), sort.hint()), read.child()))
                    : sort;
        }
        if (child instanceof Project project && readsBelow(project) && project.deterministic()) {
            Sort inner = new Sort(Scala.seq(throughColumns(sort, project)), true, project.child(), sort.hint());
            LogicalPlan pushed = push(inner, project.child());
            return pushed == inner ? sort : new Project(project.projectList(), pushed);
        }
        return sort;
    }

    private static List<SortOrder> throughColumns(Sort sort, Project project) {
        Map<ExprId, Expression> aliased = new HashMap<>();
        for (NamedExpression column : Scala.list(project.projectList())) {
            if (column instanceof Alias alias) {
                aliased.put(alias.exprId(), alias.child());
            }
        }
        List<SortOrder> orders = new ArrayList<>();
        for (SortOrder order : Scala.list(sort.order())) {
            orders.add((SortOrder) order.transform(Scala.when(
                    part -> part instanceof Attribute attribute && aliased.containsKey(attribute.exprId()),
                    part -> aliased.get(((Attribute) part).exprId()))));
        }
        return orders;
    }

    private static boolean readsBelow(Project project) {
        return project.child() instanceof MambaRead || project.child() instanceof Project inner && readsBelow(inner);
    }

    /** The first rows of an order: only they are read. */
    private static LogicalPlan pushTopN(LogicalPlan limits, LogicalPlan child) {
        if (child instanceof Project project) {
            LogicalPlan pushed = pushTopN(limits, project.child());
            return pushed == limits ? limits : new Project(project.projectList(), pushed);
        }
        if (child instanceof MambaRead read) {
            LogicalPlan pushed = pushTopN(limits, read.child());
            return pushed == limits ? limits : read.with(pushed);
        }
        if (child instanceof Sort) {
            GlobalLimit global = (GlobalLimit) limits;
            LocalLimit local = (LocalLimit) global.child();
            return local.child() == child
                    ? limits
                    : new GlobalLimit(global.limitExpr(), new LocalLimit(local.limitExpr(), child));
        }
        return limits;
    }

    /** The first rows of a partition: no task reads more. */
    private static LogicalPlan pushLocalLimit(LocalLimit limit, LogicalPlan child) {
        if (sortsBelow(child)) {
            return limit; // goes below together with the global limit above it
        }
        if (child instanceof Project project && readsBelow(project)) {
            LocalLimit inner = new LocalLimit(limit.limitExpr(), project.child());
            LogicalPlan pushed = pushLocalLimit(inner, project.child());
            return pushed == inner
                    ? limit
                    : new LocalLimit(
                            limit.limitExpr(),
                            new Project(project.projectList(), pushed.children().apply(0)));
        }
        if (child instanceof MambaRead read && !(read.child() instanceof LocalLimit)) {
            return new LocalLimit(limit.limitExpr(), read.with(new LocalLimit(limit.limitExpr(), read.child())));
        }
        return limit;
    }

    private static boolean sortsBelow(LogicalPlan plan) {
        boolean keepsRows = plan instanceof MambaRead || plan instanceof Project;
        return plan instanceof Sort || keepsRows && sortsBelow(plan.children().apply(0));
    }

    /** {@code limited}: the operator above takes the first rows without sampling. */
    private static LogicalPlan shuffleBeforeSampling(LogicalPlan plan, boolean limited) {
        boolean takesFirst = plan instanceof LocalLimit || limited && plan instanceof Project;
        LogicalPlan done = plan.mapChildren(child -> shuffleBeforeSampling(child, takesFirst));
        boolean samples = done instanceof Sort sort && sort.global() && !limited
                || done instanceof RepartitionByExpression partitioning && isByRange(partitioning);
        if (!samples || !readsInStage(done.children().apply(0))) {
            return done;
        }
        LogicalPlan shuffled =
                new RepartitionByExpression(Scala.seq(), done.children().apply(0), Option.empty(), Option.empty());
        return (LogicalPlan) done.withNewChildren(Scala.seq(shuffled));
    }

    private static boolean isByRange(RepartitionByExpression partitioning) {
        return partitioning.partitionExpressions().exists(SortOrder.class::isInstance);
    }

    /** Whether computing {@code plan} again would read again: no shuffle is sure to be in between. */
    private static boolean readsInStage(LogicalPlan plan) {
        if (plan instanceof MambaRead) {
            return true;
        }
        boolean shuffles =
                plan instanceof Aggregate || plan instanceof RepartitionOperation repartition && repartition.shuffle();
        return !shuffles && Scala.list(plan.children()).stream().anyMatch(Ordering::readsInStage);
    }
}

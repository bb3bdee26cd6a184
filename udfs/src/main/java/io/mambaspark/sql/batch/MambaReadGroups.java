package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** One row for each group of a plan's rows: what they are grouped by, and what is made of their texts, read in order. */
public final class MambaReadGroups extends LogicalPlan implements UnaryNode {
    private final Seq<Attribute> grouping;
    private final GroupCall call;
    private final Attribute text;
    private final Seq<SortOrder> order;
    private final Attribute result;
    private final LogicalPlan child;

    /**
     * The constructor takes the product's elements: Catalyst copies nodes by it.
     *
     * @param grouping what the rows of a group have in common; empty for one group of all rows
     * @param call     what is made of a group
     * @param text     the column of texts
     * @param order    of the texts of a group; empty if there is none
     * @param result   the column of what is made
     */
    public MambaReadGroups(
            Seq<Attribute> grouping,
            GroupCall call,
            Attribute text,
            Seq<SortOrder> order,
            Attribute result,
            LogicalPlan child) {
        this.grouping = grouping;
        this.call = call;
        this.text = text;
        this.order = order;
        this.result = result;
        this.child = child;
    }

    private MambaReadGroups with(LogicalPlan newChild) {
        MambaReadGroups copy = new MambaReadGroups(grouping, call, text, order, result, newChild);
        copy.copyTagsFrom(this);
        return copy;
    }

    /** How it is run on the rows of {@code planned}. */
    MambaReadGroupsExec exec(SparkPlan planned) {
        return new MambaReadGroupsExec(grouping, call, text, order, result, planned);
    }

    @Override
    public LogicalPlan child() {
        return child;
    }

    @Override
    public Seq<LogicalPlan> children() {
        return Scala.seq(child);
    }

    @Override
    public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
        return new MambaReadGroups(grouping, call, text, order, result, newChild);
    }

    @Override
    public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
        return withNewChildInternal(newChildren.apply(0));
    }

    @Override
    public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> function) {
        LogicalPlan mapped = function.apply(child);
        return mapped.fastEquals(child) ? this : with(mapped);
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(grouping, Scala.seq(result));
    }

    /** It is among the product's elements: without this it would count as a reference. */
    @Override
    public AttributeSet producedAttributes() {
        return Scala.attributes(Scala.seq(result));
    }

    @Override
    public int productArity() {
        return 6;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> grouping;
            case 1 -> call;
            case 2 -> text;
            case 3 -> order;
            case 4 -> result;
            case 5 -> child;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MambaReadGroups;
    }

    @Override
    public boolean equals(Object other) {
        return Scala.equal(this, other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}

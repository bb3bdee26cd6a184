package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/** One row for each group of a plan's rows: what they are grouped by, and what is made of their texts, read in order. */
public final class MambaReadGroups extends ReadNode {
    private final Seq<Attribute> grouping;
    private final GroupCall call;
    private final Attribute text;
    private final Seq<SortOrder> order;
    private final Attribute result;

    /**
     * The constructor takes the product's elements: Catalyst copies nodes by it.
     *
     * @param grouping what the rows of a group have in common; empty for one group of all rows
     * @param call     what is made of a group
     * @param text     the column of texts
     * @param order    of the texts of a group
     * @param result   the column of what is made
     */
    public MambaReadGroups(
            Seq<Attribute> grouping,
            GroupCall call,
            Attribute text,
            Seq<SortOrder> order,
            Attribute result,
            LogicalPlan child) {
        super(child);
        this.grouping = grouping;
        this.call = call;
        this.text = text;
        this.order = order;
        this.result = result;
    }

    /** How it is run on the rows of {@code planned}. */
    MambaReadGroupsExec exec(SparkPlan planned) {
        return new MambaReadGroupsExec(grouping, call, text, order, result, planned);
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(grouping, Scala.seq(result));
    }

    @Override
    List<Object> parts() {
        return List.of(grouping, call, text, order, result);
    }

    @Override
    MambaReadGroups over(LogicalPlan newChild) {
        return new MambaReadGroups(grouping, call, text, order, result, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return Scala.seq(result);
    }
}

package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.AllTuples$;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Runs a {@link MambaReadGroups}: asks Spark for rows that are partitioned by group and sorted by group and order, and
 * reads them as they come. Nothing of a group is held but the text that is being read.
 */
public final class MambaReadGroupsExec extends SparkPlan implements UnaryExecNode {
    private static final long serialVersionUID = 1L;

    private final Seq<Attribute> grouping;
    private final GroupCall call;
    private final Attribute text;
    private final Seq<SortOrder> order;
    private final Attribute result;
    private final SparkPlan child;
    private transient volatile ReadMetrics metrics;

    /**
     * The constructor takes the product's elements: Catalyst copies nodes by it.
     *
     * @param grouping what the rows of a group have in common; empty for one group of all rows
     * @param call     what is made of a group
     * @param text     the column of texts
     * @param order    of the texts of a group; empty if there is none
     * @param result   the column of what is made
     */
    public MambaReadGroupsExec(
            Seq<Attribute> grouping,
            GroupCall call,
            Attribute text,
            Seq<SortOrder> order,
            Attribute result,
            SparkPlan child) {
        this.grouping = grouping;
        this.call = call;
        this.text = text;
        this.order = order;
        this.result = result;
        this.child = child;
    }

    private MambaReadGroupsExec with(SparkPlan newChild) {
        MambaReadGroupsExec copy = new MambaReadGroupsExec(grouping, call, text, order, result, newChild);
        copy.copyTagsFrom(this);
        return copy;
    }

    @Override
    public Seq<Distribution> requiredChildDistribution() {
        return Scala.<Distribution>seq(
                grouping.isEmpty()
                        ? AllTuples$.MODULE$
                        : new ClusteredDistribution(
                                Scala.<Expression>seq(Scala.list(grouping)), false, Option.empty()));
    }

    @Override
    public Seq<Seq<SortOrder>> requiredChildOrdering() {
        return Scala.<Seq<SortOrder>>seq(Scala.concat(outputOrdering(), order));
    }

    @Override
    public Seq<SortOrder> outputOrdering() {
        return Scala.<SortOrder>seq(Scala.list(grouping).stream()
                .map(column -> KeyOrder.RISING.by(List.of(column)).get(0))
                .toList());
    }

    /** Partitions stay, but may be known by columns that are gone. */
    @Override
    public Partitioning outputPartitioning() {
        Partitioning partitioning = child.outputPartitioning();
        return partitioning instanceof Expression columns
                        && columns.references().subsetOf(outputSet())
                ? partitioning
                : new UnknownPartitioning(partitioning.numPartitions());
    }

    @Override
    public RDD<InternalRow> doExecute() {
        GroupPartition partition = new GroupPartition(
                Scala.list(grouping), call, text, !order.isEmpty(), Scala.list(child.output()), readMetrics());
        return child.execute().toJavaRDD().mapPartitions(partition, true).rdd();
    }

    private ReadMetrics readMetrics() {
        if (metrics == null) {
            synchronized (this) {
                if (metrics == null) {
                    metrics = ReadMetrics.in(sparkContext());
                }
            }
        }
        return metrics;
    }

    @Override
    public scala.collection.immutable.Map<String, SQLMetric> metrics() {
        return readMetrics().byName();
    }

    @Override
    public String verboseStringWithOperatorId() {
        return UnaryExecNode.super.verboseStringWithOperatorId();
    }

    @Override
    public SparkPlan child() {
        return child;
    }

    @Override
    public Seq<SparkPlan> children() {
        return Scala.seq(child);
    }

    @Override
    public SparkPlan withNewChildInternal(SparkPlan newChild) {
        return new MambaReadGroupsExec(grouping, call, text, order, result, newChild);
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
        return withNewChildInternal(newChildren.apply(0));
    }

    @Override
    public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
        SparkPlan mapped = function.apply(child);
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
        return other instanceof MambaReadGroupsExec;
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

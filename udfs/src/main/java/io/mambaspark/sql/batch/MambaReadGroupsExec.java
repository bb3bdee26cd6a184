package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.AllTuples$;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/**
 * Runs a {@link MambaReadGroups}: asks Spark for rows that are partitioned by group and sorted by group and order, and
 * reads them as they come. Nothing of a group is held but the text that is being read.
 */
public final class MambaReadGroupsExec extends ReadExec {
    private static final long serialVersionUID = 1L;

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
    public MambaReadGroupsExec(
            Seq<Attribute> grouping,
            GroupCall call,
            Attribute text,
            Seq<SortOrder> order,
            Attribute result,
            SparkPlan child) {
        super(child);
        this.grouping = grouping;
        this.call = call;
        this.text = text;
        this.order = order;
        this.result = result;
    }

    @Override
    public Seq<Distribution> requiredChildDistribution() {
        return Scala.<Distribution>seq(
                grouping.isEmpty() ? AllTuples$.MODULE$ : Clustering.by(Scala.<Expression>seq(Scala.list(grouping))));
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
        Partitioning partitioning = child().outputPartitioning();
        return partitioning instanceof Expression columns
                        && columns.references().subsetOf(outputSet())
                ? partitioning
                : new UnknownPartitioning(partitioning.numPartitions());
    }

    @Override
    public RDD<InternalRow> doExecute() {
        GroupPartition partition =
                new GroupPartition(Scala.list(grouping), call, text, Scala.list(child().output()), readMetrics());
        return child().execute().toJavaRDD().mapPartitions(partition, true).rdd();
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
    MambaReadGroupsExec over(SparkPlan newChild) {
        return new MambaReadGroupsExec(grouping, call, text, order, result, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return Scala.seq(result);
    }
}

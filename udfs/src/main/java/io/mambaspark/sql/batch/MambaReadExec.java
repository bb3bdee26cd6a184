package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaConf;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Runs a {@link MambaRead}. Row-based: a columnar node would have to convert every column that only passes through. */
public final class MambaReadExec extends SparkPlan implements UnaryExecNode {
    private static final long serialVersionUID = 1L;

    private final Seq<Expression> calls;
    private final Seq<Attribute> results;
    private final SparkPlan child;
    private transient volatile ReadMetrics metrics;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaReadExec(Seq<Expression> calls, Seq<Attribute> results, SparkPlan child) {
        this.calls = calls;
        this.results = results;
        this.child = child;
    }

    @Override
    public RDD<InternalRow> doExecute() {
        MambaConf limits = SessionConf.read();
        ReadPartition partition = new ReadPartition(
                Scala.list(calls),
                Scala.list(child.output()),
                Scala.list(results),
                limits.batchMaxBytes(),
                limits.arrowMaxBytes(),
                readMetrics());
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
    public SparkPlan child() {
        return child;
    }

    @Override
    public Seq<SparkPlan> children() {
        return Scala.seq(child);
    }

    @Override
    public SparkPlan withNewChildInternal(SparkPlan newChild) {
        return new MambaReadExec(calls, results, newChild);
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
        return new MambaReadExec(calls, results, newChildren.apply(0));
    }

    @Override
    public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
        SparkPlan mapped = function.apply(child);
        if (mapped.fastEquals(child)) {
            return this;
        }
        MambaReadExec copy = new MambaReadExec(calls, results, mapped);
        copy.copyTagsFrom(this);
        return copy;
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(child.output(), results);
    }

    @Override
    public AttributeSet producedAttributes() {
        return Scala.attributes(results);
    }

    @Override
    public Partitioning outputPartitioning() {
        return child.outputPartitioning();
    }

    @Override
    public Seq<SortOrder> outputOrdering() {
        return child.outputOrdering();
    }

    @Override
    public String verboseStringWithOperatorId() {
        return UnaryExecNode.super.verboseStringWithOperatorId();
    }

    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> calls;
            case 1 -> results;
            case 2 -> child;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MambaReadExec;
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

package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaConf;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/** Runs a {@link MambaRead}. Row-based: a columnar node would have to convert every column that only passes through. */
public final class MambaReadExec extends ReadExec {
    private static final long serialVersionUID = 1L;

    private final Seq<Expression> calls;
    private final Seq<Attribute> results;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaReadExec(Seq<Expression> calls, Seq<Attribute> results, SparkPlan child) {
        super(child);
        this.calls = calls;
        this.results = results;
    }

    @Override
    public RDD<InternalRow> doExecute() {
        MambaConf limits = SessionConf.read();
        ReadPartition partition = new ReadPartition(
                Scala.list(calls),
                Scala.list(child().output()),
                Scala.list(results),
                limits.batchMaxBytes(),
                limits.arrowMaxBytes(),
                readMetrics());
        return child().execute().toJavaRDD().mapPartitions(partition, true).rdd();
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(child().output(), results);
    }

    @Override
    public Partitioning outputPartitioning() {
        return child().outputPartitioning();
    }

    @Override
    public Seq<SortOrder> outputOrdering() {
        return child().outputOrdering();
    }

    @Override
    List<Object> parts() {
        return List.of(calls, results);
    }

    @Override
    MambaReadExec over(SparkPlan newChild) {
        return new MambaReadExec(calls, results, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return results;
    }
}

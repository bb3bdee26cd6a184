package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans a {@link MambaRead}. */
final class ReadStrategy extends SparkStrategy {
    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
        return plan instanceof MambaRead read
                ? Scala.seq(new MambaReadExec(read.calls(), read.results(), planLater(read.child())))
                : Scala.seq();
    }
}

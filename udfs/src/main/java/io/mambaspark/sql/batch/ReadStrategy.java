package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans {@link MambaRead} and {@link MambaReadGroups}. */
final class ReadStrategy extends SparkStrategy {
    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
        RowByRowHint.look(plan);
        if (plan instanceof MambaRead read) {
            return Scala.seq(new MambaReadExec(read.calls(), read.results(), planLater(read.child())));
        }
        return plan instanceof MambaReadGroups groups ? Scala.seq(groups.exec(planLater(groups.child()))) : Scala.seq();
    }
}

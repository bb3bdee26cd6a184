package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans {@link MambaRead}, {@link MambaReadGroups} and {@link MambaSearch}. */
final class ReadStrategy extends SparkStrategy {
    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
        RowByRowHint.look(plan);
        if (plan instanceof MambaRead read) {
            return Scala.seq(new MambaReadExec(read.calls(), read.results(), planLater(read.child())));
        }
        if (plan instanceof MambaReadGroups groups) {
            return Scala.seq(groups.exec(planLater(groups.child())));
        }
        return plan instanceof MambaSearch search
                ? Scala.seq(new MambaSearchExec(search.search(), search.output(), planLater(search.child())))
                : Scala.seq();
    }
}

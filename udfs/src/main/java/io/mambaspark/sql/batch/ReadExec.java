package io.mambaspark.sql.batch;

import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;

/** What our physical nodes that read have in common: the metrics of reading. */
abstract class ReadExec extends OneChildExec {
    private static final long serialVersionUID = 1L;

    private transient volatile ReadMetrics metrics;

    ReadExec(SparkPlan child) {
        super(child);
    }

    final ReadMetrics readMetrics() {
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
}

package io.mambaspark.jobs;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds up accumulators over tasks while these still run: Spark merges a task's share only at its end, but executors carry
 * it in every heartbeat. Thread-safe.
 */
final class TaskTotals extends SparkListener {
    /** Accumulator by task: a retry is another task. */
    private final Map<Long, Map<Long, Long>> running = new HashMap<>();

    private final Map<Long, Long> finished = new HashMap<>();

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
                CollectionConverters.asJava(update.accumUpdates())) {
            running.put((Long) task._1(), longs(task._4()));
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
        if (end.reason() == Success$.MODULE$) {
            longs(end.taskInfo().accumulables()).forEach((id, value) -> finished.merge(id, value, Long::sum));
        }
    }

    /** The sum of accumulator {@code id} over all tasks, finished or not. */
    synchronized long of(long id) {
        long sum = finished.getOrDefault(id, 0L);
        for (Map<Long, Long> task : running.values()) {
            sum += task.getOrDefault(id, 0L);
        }
        return sum;
    }

    private static Map<Long, Long> longs(Seq<AccumulableInfo> accumulables) {
        Map<Long, Long> values = new HashMap<>();
        for (AccumulableInfo info : CollectionConverters.asJava(accumulables)) {
            if (info.update().isDefined() && info.update().get() instanceof Long value) {
                values.put(info.id(), value);
            }
        }
        return values;
    }
}

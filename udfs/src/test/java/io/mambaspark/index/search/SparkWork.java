package io.mambaspark.index.search;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts what Spark does while it is open. */
final class SparkWork extends SparkListener implements AutoCloseable {
    private static final long PATIENCE_MS = 10_000;

    private final SparkContext spark;
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicInteger stages = new AtomicInteger();
    private final AtomicInteger tasks = new AtomicInteger();

    SparkWork(SparkContext spark) {
        this.spark = spark;
        spark.addSparkListener(this);
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        jobs.incrementAndGet();
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        stages.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        tasks.incrementAndGet();
    }

    int jobs() throws Exception {
        return told(jobs);
    }

    int stages() throws Exception {
        return told(stages);
    }

    int tasks() throws Exception {
        return told(tasks);
    }

    private int told(AtomicInteger count) throws Exception {
        spark.listenerBus().waitUntilEmpty(PATIENCE_MS);
        return count.get();
    }

    @Override
    public void close() {
        spark.removeSparkListener(this);
    }
}

package io.mambaspark.sql;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts what Spark does while it is open, and nothing of what it did before. */
public final class SparkWork extends SparkListener implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    private final SparkContext spark;
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicInteger stages = new AtomicInteger();
    private final AtomicInteger tasks = new AtomicInteger();

    /** Begins to count. */
    public SparkWork(SparkContext spark) throws Exception {
        this.spark = spark;
        // A listener is also told of what happened before it was added, if the others have not been told yet.
        spark.listenerBus().waitUntilEmpty(PATIENCE_MS);
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

    /** Jobs that began. */
    public int jobs() throws Exception {
        return told(jobs);
    }

    /** Stages that ended. */
    public int stages() throws Exception {
        return told(stages);
    }

    /** Tasks that ended. */
    public int tasks() throws Exception {
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

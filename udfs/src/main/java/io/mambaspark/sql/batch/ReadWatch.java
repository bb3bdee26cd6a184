package io.mambaspark.sql.batch;

import io.mambaspark.reading.ReadingListener;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.spark.TaskContext;

/** Counts what a task reads, and stops one that was killed at the next block. */
final class ReadWatch implements ReadingListener {
    private final TaskContext context;
    private final ReadMetrics metrics;
    private final LongSupplier nanosInRows;
    private final BooleanSupplier fellBack;
    private long nanosBefore;
    private boolean counted;

    /**
     * A watch.
     *
     * @param nanosInRows the time spent so far in getting rows: it is not that of tokenizing
     * @param fellBack    whether the model has left its device for the CPU
     */
    ReadWatch(TaskContext context, ReadMetrics metrics, LongSupplier nanosInRows, BooleanSupplier fellBack) {
        this.context = context;
        this.metrics = metrics;
        this.nanosInRows = nanosInRows;
        this.fellBack = fellBack;
    }

    @Override
    public void read(String id, int tokens) {
        metrics.tokens().add(tokens);
    }

    @Override
    public void block(int tokens, long fillingNanos, long readingNanos) {
        metrics.blocks().add(1);
        metrics.readingTime().add(readingNanos);
        metrics.tokenizingTime().add(fillingNanos - (nanosInRows.getAsLong() - nanosBefore));
        nanosBefore = nanosInRows.getAsLong();
        if (!counted && fellBack.getAsBoolean()) {
            counted = true;
            metrics.fallbacks().add(1);
        }
        context.killTaskIfInterrupted();
    }
}

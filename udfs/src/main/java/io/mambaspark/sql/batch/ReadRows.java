package io.mambaspark.sql.batch;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a partition with their results, in order. A row leaves as soon as it and all before it are read. */
final class ReadRows implements Iterator<InternalRow>, AutoCloseable {
    private final PendingRows pending;
    private final TaskCalls calls;
    private final JoinedRows joined;
    private final ReadMetrics metrics;
    private final TaskContext context;
    /** Null as long as no row needed the model. */
    private Outcomes<List<Outcome<?>>> outcomes;

    ReadRows(PendingRows pending, TaskCalls calls, JoinedRows joined, TaskContext context, ReadMetrics metrics) {
        this.pending = pending;
        this.calls = calls;
        this.joined = joined;
        this.context = context;
        this.metrics = metrics;
    }

    @Override
    public boolean hasNext() {
        return joined.hasNext() || fill();
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        metrics.rows().add(1);
        return joined.next();
    }

    /** Reads until rows can leave; false if there are none any more. */
    private boolean fill() {
        joined.clear();
        while (pending.hasRows()) {
            for (HeldRow row = pending.poll(); row != null; row = pending.poll()) {
                if (!joined.add(row)) {
                    return true;
                }
            }
            if (joined.hasNext()) {
                return true;
            }
            pending.resume();
            read();
        }
        return false;
    }

    private void read() {
        if (outcomes == null && pending.hasNext()) {
            MambaModel model = calls.reader().model();
            outcomes = model.read(pending)
                    .tell(new ReadWatch(
                            context,
                            metrics,
                            pending::nanosInRows,
                            () -> model.engine().fellBack()));
        }
        if (outcomes != null && outcomes.hasNext()) {
            Outcome<List<Outcome<?>>> outcome = outcomes.next();
            calls.end(pending.text(outcome.id()), outcome);
        }
    }

    @Override
    public void close() {
        if (outcomes != null) {
            outcomes.close();
        }
    }
}

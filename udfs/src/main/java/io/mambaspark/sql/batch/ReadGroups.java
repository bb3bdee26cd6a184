package io.mambaspark.sql.batch;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.TextReader;
import io.mambaspark.task.Summary;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.unsafe.types.UTF8String;

/** The groups of a partition with their summaries, in order. */
final class ReadGroups implements Iterator<InternalRow>, AutoCloseable {
    private final GroupReadings groups;
    private final GroupCall call;
    private final ReadMetrics metrics;
    private final UnsafeProjection toUnsafe;
    private final JoinedRow joined = new JoinedRow();
    private final Outcomes<List<Outcome<?>>> outcomes;

    ReadGroups(
            GroupReadings groups,
            GroupCall call,
            UnsafeProjection toUnsafe,
            TextReader reader,
            TaskContext context,
            ReadMetrics metrics) {
        this.groups = groups;
        this.call = call;
        this.metrics = metrics;
        this.toUnsafe = toUnsafe;
        MambaModel model = reader.model();
        this.outcomes = model.read(groups)
                .tell(new ReadWatch(
                        context,
                        metrics,
                        groups::nanosInRows,
                        () -> model.engine().fellBack()));
    }

    @Override
    public boolean hasNext() {
        return outcomes.hasNext();
    }

    @Override
    public InternalRow next() {
        Outcome<List<Outcome<?>>> outcome = outcomes.next();
        ReadGroup group = groups.poll();
        String summary = null;
        try {
            summary = summary(group, outcome);
        } catch (MambaSqlException e) {
            if (!call.call().errorsAreNull()) {
                throw e;
            }
        }
        metrics.rows().add(1);
        return toUnsafe.apply(
                joined.apply(group.key(), new GenericInternalRow(new Object[] {UTF8String.fromString(summary)})));
    }

    /** Null for a group without a text. */
    private static String summary(ReadGroup group, Outcome<List<Outcome<?>>> outcome) {
        if (group.error() != null) {
            throw group.error();
        }
        if (!group.hasTexts()) {
            return null;
        }
        Outcome<?> ofSink = outcome.error() == null ? outcome.value().get(0) : outcome;
        if (ofSink.error() != null) {
            throw MambaSqlException.of(ofSink.error(), null);
        }
        return ((Summary) ofSink.value()).text();
    }

    @Override
    public void close() {
        outcomes.close();
    }
}

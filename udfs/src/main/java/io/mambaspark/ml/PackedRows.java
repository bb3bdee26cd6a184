package io.mambaspark.ml;

import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/** The rows of a partition with their new columns, in order; their texts are read in blocks that short ones share. */
final class PackedRows implements Iterator<Row>, AutoCloseable {
    private final Iterator<Row> rows;
    private final RowCalls calls;
    private final long maxBytes;
    private final Outcomes<List<Outcome<?>>> outcomes;
    private final Queue<WaitingRow> held = new ArrayDeque<>();
    /** Those of the held rows that are being read; outcomes come in their order. */
    private final Queue<WaitingRow> awaited = new ArrayDeque<>();

    private long heldBytes;

    PackedRows(Iterator<Row> rows, RowCalls calls, long maxBytes, TaskContext task) {
        this.rows = rows;
        this.calls = calls;
        this.maxBytes = maxBytes;
        this.outcomes = calls.reader().model().read(new Readings()).tell((id, tokens) -> {
            if (task.isInterrupted()) {
                throw new TaskKilledException("killed while reading");
            }
        });
    }

    @Override
    public boolean hasNext() {
        while (held.isEmpty() || !held.peek().complete()) {
            if (outcomes.hasNext()) { // takes rows in
                calls.end(awaited.remove(), outcomes.next());
            } else {
                return !held.isEmpty() && held.peek().complete();
            }
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        WaitingRow first = held.remove();
        heldBytes -= first.bytes();
        return first.row();
    }

    @Override
    public void close() {
        outcomes.close();
    }

    /**
     * The readings that rows need, as the model asks for them. May have no next one and later have: when enough bytes are
     * held, rows shall leave before others come.
     */
    private final class Readings implements Iterator<DocumentReading> {
        private WaitingRow next;

        @Override
        public boolean hasNext() {
            while (next == null && heldBytes < maxBytes && rows.hasNext()) {
                WaitingRow row = calls.begin(rows.next());
                held.add(row);
                heldBytes += row.bytes();
                next = row.complete() ? null : row;
            }
            return next != null;
        }

        @Override
        public DocumentReading next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            WaitingRow row = next;
            next = null;
            awaited.add(row);
            return calls.reading(row);
        }
    }
}

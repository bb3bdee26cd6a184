package io.mambaspark.sql.rows;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.ReadingListener;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.TextReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of a partition with the values of calls, in order. A row can leave as soon as it and all before it are read. The
 * model is loaded when the first row needs it. For the thread of a task.
 *
 * <pre>{@code
 * while (packed.hasRows()) {
 *     HeldRow<Row> row = packed.poll();
 *     if (row == null) {
 *         packed.read();
 *     } …
 * }
 * }</pre>
 *
 * @param <T> a row
 */
public final class PackedRows<T> implements AutoCloseable {
    private final PendingRows<T> pending;
    private final TextReader reader;
    private final Function<MambaModel, ReadingListener> listener;
    /** Null as long as no row needed the model. */
    private Outcomes<List<Outcome<?>>> outcomes;

    /**
     * Takes no row yet.
     *
     * @param rows     each of its own: they wait, several at a time
     * @param reader   of the model of all calls
     * @param maxBytes of rows that are taken in before others leave; a larger row is taken alone
     * @param listener hears what is read of texts, with the model that is loaded; what it throws ends the reading
     */
    public PackedRows(
            Iterator<T> rows,
            RowForm<T> form,
            List<Call> calls,
            TextReader reader,
            long maxBytes,
            Function<MambaModel, ReadingListener> listener) {
        this.pending = new PendingRows<>(rows, form, new RowCalls<>(reader, form, calls), reader::model, maxBytes);
        this.reader = reader;
        this.listener = listener;
    }

    /** Whether rows wait, or are still to come. */
    public boolean hasRows() {
        return pending.hasRows();
    }

    /** The next row, if its values are there; else null: {@link #read} on. */
    public HeldRow<T> poll() {
        return pending.poll();
    }

    /** Takes rows in, and reads until one more text is read. */
    public void read() {
        pending.resume();
        if (outcomes == null && pending.hasNext()) {
            MambaModel model = reader.model();
            outcomes = model.read(pending).tell(new OfTexts(listener.apply(model)));
        }
        if (outcomes != null && outcomes.hasNext()) {
            pending.end(outcomes.next());
        }
    }

    @Override
    public void close() {
        if (outcomes != null) {
            outcomes.close();
        }
    }

    /** Keeps the tokens of queries from a listener: they count apart. */
    private final class OfTexts implements ReadingListener {
        private final ReadingListener hears;

        private OfTexts(ReadingListener hears) {
            this.hears = hears;
        }

        @Override
        public void read(String id, int tokens) {
            if (!pending.ofQuery(id)) {
                hears.read(id, tokens);
            }
        }

        @Override
        public void block(int tokens, long fillingNanos, long readingNanos) {
            hears.block(tokens, fillingNanos, readingNanos);
        }
    }
}

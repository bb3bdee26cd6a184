package io.mambaspark.sql.rows;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Reading;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The readings that the rows of a partition need, taken in as the model asks for them; their rows wait here, in order.
 *
 * <p>{@link #hasNext} may say no and later yes: when enough bytes wait, or many rows came that need no reading, rows shall
 * leave before others come. The model then reads a block that is not full.
 */
final class PendingRows<T> implements Iterator<Reading<List<Outcome<?>>>> {
    /** Rows without a reading that are taken in one behind the other: enough to be fast, few enough for a LIMIT. */
    private static final int ROWS_WITHOUT_READING = 64;
    /** What a waiting row costs beside its columns. */
    private static final int BYTES_OF_ROW = 256;

    private final Iterator<T> rows;
    private final RowForm<T> form;
    private final RowCalls<T> calls;
    private final Supplier<MambaModel> model;
    private final long maxBytes;

    private final Queue<HeldRow<T>> held = new ArrayDeque<>();
    private final Queue<RowReading> ready = new ArrayDeque<>();
    private final Map<String, RowReading> awaited = new HashMap<>();
    private long heldBytes;
    private long readings;
    private int withoutReading;

    PendingRows(Iterator<T> rows, RowForm<T> form, RowCalls<T> calls, Supplier<MambaModel> model, long maxBytes) {
        this.rows = rows;
        this.form = form;
        this.calls = calls;
        this.model = model;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && heldBytes < maxBytes && withoutReading < ROWS_WITHOUT_READING && rows.hasNext()) {
            takeRow();
        }
        return !ready.isEmpty();
    }

    @Override
    public Reading<List<Outcome<?>>> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RowReading reading = ready.remove();
        String id = Long.toString(readings++);
        awaited.put(id, reading);
        return reading.begin(model.get(), id);
    }

    /** Whether the reading of this id, which has not ended, is of a query. */
    boolean ofQuery(String id) {
        return awaited.get(id).ofQuery();
    }

    /** Takes what came of a reading. */
    void end(Outcome<List<Outcome<?>>> outcome) {
        awaited.remove(outcome.id()).end(outcome);
    }

    /** Whether rows wait, or are still to come. */
    boolean hasRows() {
        return !held.isEmpty() || rows.hasNext();
    }

    /** The next row in order, if its results are there; else null. */
    HeldRow<T> poll() {
        HeldRow<T> first = held.peek();
        if (first == null || !first.complete()) {
            return null;
        }
        held.remove();
        heldBytes -= bytes(first);
        return first;
    }

    /** Lets rows without a reading come in again. */
    void resume() {
        withoutReading = 0;
    }

    private void takeRow() {
        HeldRow<T> taking = new HeldRow<>(rows.next(), calls.count());
        List<RowReading> begun = calls.begin(taking);
        ready.addAll(begun);
        held.add(taking);
        heldBytes += bytes(taking);
        withoutReading = begun.isEmpty() ? withoutReading + 1 : 0;
    }

    private long bytes(HeldRow<T> row) {
        return form.bytes(row.given()) + BYTES_OF_ROW;
    }
}

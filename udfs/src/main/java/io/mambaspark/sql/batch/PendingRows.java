package io.mambaspark.sql.batch;

import io.mambaspark.reading.DocumentReading;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The readings that the rows of a partition need, taken in as the model asks for them; their rows wait here, in order.
 *
 * <p>{@link #hasNext} may say no and later yes: when enough bytes wait, or many rows came that need no reading, rows shall
 * leave before others come. The model then reads a block that is not full.
 */
final class PendingRows implements Iterator<DocumentReading> {
    /** Rows without a reading that are taken in one behind the other: enough to be fast, few enough for a LIMIT. */
    private static final int ROWS_WITHOUT_READING = 64;
    /** What a waiting row costs beside its columns. */
    private static final int BYTES_OF_ROW = 256;

    private final Iterator<InternalRow> rows;
    private final TaskCalls calls;
    private final UnsafeProjection toUnsafe;
    private final int callCount;
    private final long maxBytes;

    private final Queue<HeldRow> held = new ArrayDeque<>();
    private final Queue<TextCalls> ready = new ArrayDeque<>();
    private final Map<String, TextCalls> awaited = new HashMap<>();
    private long heldBytes;
    private long taken;
    private long readings;
    private int withoutReading;
    private long nanosInRows;

    PendingRows(Iterator<InternalRow> rows, TaskCalls calls, List<Attribute> input, long maxBytes) {
        this.rows = rows;
        this.calls = calls;
        this.callCount = calls.count();
        this.toUnsafe = UnsafeProjection$.MODULE$.create(Scala.<Expression>seq(input), Scala.seq(input));
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && heldBytes < maxBytes && withoutReading < ROWS_WITHOUT_READING && moreRows()) {
            takeRow();
        }
        return !ready.isEmpty();
    }

    @Override
    public DocumentReading next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        TextCalls text = ready.remove();
        String id = Long.toString(readings++);
        awaited.put(id, text);
        return text.reading(calls.reader().model(), id);
    }

    /** The text whose reading has this id; asked once. */
    TextCalls text(String id) {
        return awaited.remove(id);
    }

    /** Whether rows wait, or are still to come. */
    boolean hasRows() {
        return !held.isEmpty() || moreRows();
    }

    /** The next row in order, if its results are there; else null. */
    HeldRow poll() {
        HeldRow first = held.peek();
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

    /** The time spent so far in getting rows, which is not ours. */
    long nanosInRows() {
        return nanosInRows;
    }

    private boolean moreRows() {
        long start = System.nanoTime();
        boolean more = rows.hasNext();
        nanosInRows += System.nanoTime() - start;
        return more;
    }

    private void takeRow() {
        long start = System.nanoTime();
        InternalRow row = rows.next();
        nanosInRows += System.nanoTime() - start;
        UnsafeRow columns = row instanceof UnsafeRow unsafe
                ? unsafe.copy()
                : toUnsafe.apply(row).copy();
        HeldRow taking = new HeldRow(Long.toString(taken++), columns, callCount);
        List<TextCalls> texts = calls.begin(taking);
        taking.await(texts.size());
        ready.addAll(texts);
        held.add(taking);
        heldBytes += bytes(taking);
        withoutReading = texts.isEmpty() ? withoutReading + 1 : 0;
    }

    private static long bytes(HeldRow row) {
        return row.columns().getSizeInBytes() + BYTES_OF_ROW;
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.rows.HeldRow;
import io.mambaspark.sql.rows.PackedRows;
import io.mambaspark.sql.rows.RowFiles;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** The rows of a partition with their results, in order. */
final class ReadRows implements Iterator<InternalRow> {
    private final PackedRows<UnsafeRow> packed;
    private final RowFiles<UnsafeRow> files;
    private final JoinedRows joined;
    private final ReadMetrics metrics;

    /**
     * The rows of {@code packed}, joined to their results.
     *
     * @param files of the rows that {@code packed} takes
     */
    ReadRows(PackedRows<UnsafeRow> packed, RowFiles<UnsafeRow> files, JoinedRows joined, ReadMetrics metrics) {
        this.packed = packed;
        this.files = files;
        this.joined = joined;
        this.metrics = metrics;
    }

    @Override
    public boolean hasNext() {
        if (joined.hasNext() || fill()) {
            return true;
        }
        files.end();
        return false;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        metrics.rows().add(1);
        files.leave();
        return joined.next();
    }

    /** Reads until rows can leave; false if there are none any more. */
    private boolean fill() {
        joined.clear();
        while (packed.hasRows()) {
            for (HeldRow<UnsafeRow> row = packed.poll(); row != null; row = packed.poll()) {
                if (!joined.add(row)) {
                    return true;
                }
            }
            if (joined.hasNext()) {
                return true;
            }
            packed.read();
        }
        return false;
    }
}

package io.mambaspark.sql.batch;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows as copies that may be held: operators reuse theirs. */
final class UnsafeRows implements Iterator<UnsafeRow> {
    private final Iterator<InternalRow> rows;
    private final UnsafeProjection toUnsafe;
    private long nanos;

    UnsafeRows(Iterator<InternalRow> rows, List<Attribute> columns) {
        this.rows = rows;
        this.toUnsafe = UnsafeProjection$.MODULE$.create(Scala.<Expression>seq(columns), Scala.seq(columns));
    }

    @Override
    public boolean hasNext() {
        long start = System.nanoTime();
        boolean more = rows.hasNext();
        nanos += System.nanoTime() - start;
        return more;
    }

    @Override
    public UnsafeRow next() {
        long start = System.nanoTime();
        InternalRow row = rows.next();
        nanos += System.nanoTime() - start;
        return row instanceof UnsafeRow unsafe
                ? unsafe.copy()
                : toUnsafe.apply(row).copy();
    }

    /** The time spent so far in getting rows, which is not ours. */
    long nanos() {
        return nanos;
    }
}

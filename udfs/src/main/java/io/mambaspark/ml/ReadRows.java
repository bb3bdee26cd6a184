package io.mambaspark.ml;

import io.mambaspark.sql.rows.HeldRow;
import io.mambaspark.sql.rows.PackedRows;
import io.mambaspark.sql.rows.RowFiles;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of a partition with their new columns, in order. */
final class ReadRows implements Iterator<Row> {
    private final PackedRows<Row> packed;
    private final RowFiles<Row> files;
    private HeldRow<Row> next;

    /**
     * The rows of {@code packed} with their values.
     *
     * @param files of the rows that {@code packed} takes
     */
    ReadRows(PackedRows<Row> packed, RowFiles<Row> files) {
        this.packed = packed;
        this.files = files;
    }

    @Override
    public boolean hasNext() {
        while (next == null && packed.hasRows()) {
            next = packed.poll();
            if (next == null) {
                packed.read();
            }
        }
        if (next == null) {
            files.end();
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        files.leave();
        Row row = withColumns(next.given(), next.values());
        next = null;
        return row;
    }

    private static Row withColumns(Row given, Object[] values) {
        Object[] all = new Object[given.size() + values.length];
        for (int i = 0; i < given.size(); i++) {
            all[i] = given.get(i);
        }
        for (int i = 0; i < values.length; i++) {
            all[given.size() + i] = encodable(values[i]);
        }
        return RowFactory.create(all);
    }

    /** A value as encoders of rows take it: Java's lists are not for them. */
    private static Object encodable(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ReadRows::encodable).toArray();
        }
        return value instanceof Row row
                ? RowFactory.create(IntStream.range(0, row.size())
                        .mapToObj(row::get)
                        .map(ReadRows::encodable)
                        .toArray())
                : value;
    }
}

package io.mambaspark.ml;

import io.mambaspark.reading.Sink;
import io.mambaspark.sql.MambaException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row that waits until its text is read. */
final class WaitingRow {
    /** What it costs beside its text. */
    private static final int BYTES = 256;

    private final Row given;
    private final String text;
    private final Object[] values;
    private final List<Integer> open = new ArrayList<>();
    private final List<Sink<?>> sinks = new ArrayList<>();
    private MambaException error;

    WaitingRow(Row given, String text, int columns) {
        this.given = given;
        this.text = text;
        this.values = new Object[columns];
    }

    String text() {
        return text;
    }

    long bytes() {
        return BYTES + (text == null ? 0 : (long) text.length() * Character.BYTES);
    }

    /** The columns that wait for the reading, and what draws their values from it. */
    List<Integer> open() {
        return open;
    }

    List<Sink<?>> sinks() {
        return sinks;
    }

    void await(int column, Sink<?> sink) {
        open.add(column);
        sinks.add(sink);
    }

    void read() {
        open.clear();
        sinks.clear();
    }

    boolean complete() {
        return open.isEmpty();
    }

    void value(int column, Object value) {
        values[column] = value;
    }

    void fail(MambaException newError) {
        error = error == null ? newError : error;
    }

    /**
     * The row with its new columns.
     *
     * @throws MambaException if one has no value
     */
    Row row() {
        if (error != null) {
            throw error;
        }
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
            return list.stream().map(WaitingRow::encodable).toArray();
        }
        return value instanceof Row row
                ? RowFactory.create(IntStream.range(0, row.size())
                        .mapToObj(row::get)
                        .map(WaitingRow::encodable)
                        .toArray())
                : value;
    }
}

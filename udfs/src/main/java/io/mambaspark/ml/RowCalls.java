package io.mambaspark.ml;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.Outcome;
import io.mambaspark.sql.ComputedFunction;
import io.mambaspark.sql.MambaException;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.ReadingFunction;
import io.mambaspark.sql.TextLimit;
import io.mambaspark.sql.TextReader;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;

/** The calls that are made for each row: begun with its text, ended with what was read. */
final class RowCalls {
    private final TextReader reader;
    private final int textIndex;
    private final List<TextColumn> columns;

    RowCalls(TextReader reader, int textIndex, List<TextColumn> columns) {
        this.reader = reader;
        this.textIndex = textIndex;
        this.columns = columns;
    }

    TextReader reader() {
        return reader;
    }

    /** Takes a row in: what needs no reading is settled. */
    WaitingRow begin(Row given) {
        String text = given.getString(textIndex);
        WaitingRow row = new WaitingRow(given, text, columns.size());
        for (int i = 0; text != null && i < columns.size(); i++) {
            begin(i, row);
        }
        return row;
    }

    private void begin(int column, WaitingRow row) {
        MambaFunction function = columns.get(column).function();
        Object[] arguments = columns.get(column).call(row.text());
        if (function instanceof ComputedFunction computed) {
            settle(column, row, () -> computed.compute(reader, arguments));
        } else if (row.text().isBlank()) {
            settle(column, row, () -> ((ReadingFunction<?>) function).blank(reader));
        } else {
            open(column, row, (ReadingFunction<?>) function, arguments);
        }
    }

    private void open(int column, WaitingRow row, ReadingFunction<?> function, Object[] arguments) {
        try {
            TextLimit.check(row.text().length());
            row.await(column, function.sink(reader, Document.of("row", row.text()), arguments));
        } catch (MambaException e) {
            settle(column, row, () -> function.failed(reader, e));
        }
    }

    /** The reading that an incomplete row waits for. */
    DocumentReading reading(WaitingRow row) {
        return new DocumentReading(reader.model(), Document.of("row", row.text()), row.sinks());
    }

    /** Takes what the reading gave; the row is complete then. */
    void end(WaitingRow row, Outcome<List<Outcome<?>>> outcome) {
        for (int i = 0; i < row.open().size(); i++) {
            int column = row.open().get(i);
            Outcome<?> ofColumn = outcome.error() == null ? outcome.value().get(i) : outcome;
            settle(column, row, () -> value(column, row.text(), ofColumn));
        }
        row.read();
    }

    @SuppressWarnings("unchecked") // the outcome of the function's own sink
    private <R> Object value(int column, String text, Outcome<?> outcome) {
        ReadingFunction<R> function = (ReadingFunction<R>) columns.get(column).function();
        return outcome.error() == null
                ? function.value(reader, text, (R) outcome.value())
                : function.failed(reader, MambaException.ofRuntime(outcome.error(), null));
    }

    private void settle(int column, WaitingRow row, Supplier<Object> value) {
        try {
            row.value(column, value.get());
        } catch (MambaException e) {
            if (!columns.get(column).errorsAreNull()) {
                row.fail(e);
            }
        }
    }
}

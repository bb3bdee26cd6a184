package io.mambaspark.sql.rows;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Reading;
import io.mambaspark.reading.Sink;
import java.util.List;

/**
 * One text of a row.
 *
 * @param of    whose calls they are
 * @param row   that waits for it
 * @param text  what is read
 * @param calls that draw from the reading
 * @param sinks of these calls, in their order
 */
record TextCalls<T>(RowCalls<T> of, HeldRow<T> row, String text, List<Integer> calls, List<Sink<?>> sinks)
        implements RowReading {
    @Override
    public Reading<List<Outcome<?>>> begin(MambaModel model, String id) {
        return new DocumentReading(model, Document.of(id, text), sinks);
    }

    @Override
    public void end(Outcome<List<Outcome<?>>> outcome) {
        for (int i = 0; i < calls.size(); i++) {
            of.drawn(
                    calls.get(i),
                    row,
                    text,
                    outcome.error() == null ? outcome.value().get(i) : outcome);
        }
        row.read();
    }

    @Override
    public boolean ofQuery() {
        return false;
    }
}

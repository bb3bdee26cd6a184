package io.mambaspark.sql.batch;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Sink;
import java.util.List;

/**
 * One text of a row, on its way through the model.
 *
 * @param row   that waits for it
 * @param text  what is read
 * @param calls that draw from the reading
 * @param sinks of these calls, in their order
 */
record TextCalls(HeldRow row, String text, List<Integer> calls, List<Sink<?>> sinks) {
    DocumentReading reading(MambaModel model, String id) {
        return new DocumentReading(model, Document.of(id, text), sinks);
    }
}

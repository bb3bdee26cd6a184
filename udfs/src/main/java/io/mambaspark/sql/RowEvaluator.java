package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Sink;
import java.io.Serializable;
import java.util.List;

/**
 * Evaluates a function one row at a time: where rows cannot be batched. Travels to the executors; thread-safe.
 */
public final class RowEvaluator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Call call;
    private transient volatile TextReader reader;

    /** An evaluator of {@code call}. */
    public RowEvaluator(Call call) {
        this.call = call;
    }

    /**
     * The value of a row; null if an argument is.
     *
     * @throws MambaException when there is no value, unless errors are to be NULL
     */
    public Object evaluate(Object... arguments) {
        for (Object argument : arguments) {
            if (argument == null) {
                return null;
            }
        }
        try {
            return value(arguments);
        } catch (MambaException e) {
            if (call.errorsAreNull()) {
                return null;
            }
            throw e;
        }
    }

    private Object value(Object[] arguments) {
        call.function().check(arguments);
        TextReader open = reader();
        if (call.function() instanceof ComputedFunction computed) {
            return computed.compute(open, arguments);
        }
        return read(open, (ReadingFunction<?>) call.function(), arguments);
    }

    private static <R> Object read(TextReader reader, ReadingFunction<R> function, Object[] arguments) {
        String text = (String) arguments[0];
        if (text.isBlank()) {
            return function.blank(reader);
        }
        Document document = Document.of("row", text);
        try {
            TextLimit.check(text);
            return function.value(reader, text, drawn(reader, document, function.sink(reader, document, arguments)));
        } catch (MambaException e) {
            return function.failed(reader, e);
        }
    }

    @SuppressWarnings("unchecked") // the outcome of the one sink
    private static <R> R drawn(TextReader reader, Document document, Sink<R> sink) {
        DocumentReading reading = new DocumentReading(reader.model(), document, List.of(sink));
        try (Outcomes<List<Outcome<?>>> outcomes =
                reader.model().read(List.of(reading).iterator())) {
            Outcome<List<Outcome<?>>> ofDocument = outcomes.next();
            Outcome<?> outcome = ofDocument.error() == null ? ofDocument.value().get(0) : ofDocument;
            if (outcome.error() != null) {
                throw MambaException.ofRuntime(outcome.error(), null);
            }
            return (R) outcome.value();
        }
    }

    private TextReader reader() {
        TextReader open = reader;
        if (open == null) {
            open = TextReader.open(call.model(), tokens -> {});
            reader = open;
        }
        return open;
    }
}

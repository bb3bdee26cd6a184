package io.mambaspark.sql.rows;

import io.mambaspark.error.MambaError;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.ComputedFunction;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.QueryFunction;
import io.mambaspark.sql.ReadingFunction;
import io.mambaspark.sql.TextReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The calls that are made for each row: those that read the same text do so once, and so do those that ask the same query. */
final class RowCalls<T> {
    private final TextReader reader;
    private final RowForm<T> form;
    private final List<Call> calls;
    private final List<Integer> computing = new ArrayList<>();
    private final List<Integer> asking = new ArrayList<>();
    /** By the text that they read. */
    private final List<List<Integer>> reading;
    /** The queries that are being read. */
    private final Map<String, QueryCalls<T>> asked = new HashMap<>();

    RowCalls(TextReader reader, RowForm<T> form, List<Call> calls) {
        this.reader = reader;
        this.form = form;
        this.calls = calls;
        Map<Integer, List<Integer>> byText = new TreeMap<>();
        for (int call = 0; call < calls.size(); call++) {
            if (calls.get(call).function() instanceof QueryFunction) {
                asking.add(call);
            } else if (calls.get(call).function() instanceof ComputedFunction) {
                computing.add(call);
            } else {
                byText.computeIfAbsent(form.text(call), text -> new ArrayList<>())
                        .add(call);
            }
        }
        this.reading = List.copyOf(byText.values());
    }

    int count() {
        return calls.size();
    }

    /** Settles what needs no reading, and gives the readings that the row needs and that are not on their way. */
    List<RowReading> begin(HeldRow<T> row) {
        form.turnTo(row.given());
        List<RowReading> begun = new ArrayList<>();
        computing.forEach(call -> settle(call, row, () -> computed(call)));
        asking.forEach(call -> settle(call, row, () -> known(call, row, begun)));
        reading.forEach(ofText -> beginText(ofText, row, begun));
        return begun;
    }

    private Object computed(int call) {
        Object[] arguments = checked(call);
        return arguments == null ? null : ((ComputedFunction) calls.get(call).function()).compute(reader, arguments);
    }

    /** Null if one is that has to be known. */
    private Object[] arguments(int call, String text) {
        Object[] given = form.arguments(call, text);
        return given == null ? null : calls.get(call).function().description().complete(given);
    }

    private Object[] checked(int call) {
        Object[] arguments = arguments(call, null);
        if (arguments != null) {
            calls.get(call).function().check(arguments);
        }
        return arguments;
    }

    /** The value of a call whose query is known; else null for the time being, and the row waits. */
    private Object known(int call, HeldRow<T> row, List<RowReading> begun) {
        Object[] arguments = checked(call);
        if (arguments == null || ((String) arguments[0]).isBlank()) {
            return null;
        }
        String query = (String) arguments[0];
        Query known = reader.known(query);
        if (known != null) {
            return ((QueryFunction) calls.get(call).function()).value(known);
        }
        QueryCalls<T> waiting = asked.get(query);
        if (waiting == null) {
            reader.check(calls.get(call).function().description().name(), query);
            waiting = new QueryCalls<>(this, query);
            asked.put(query, waiting);
            begun.add(waiting);
        }
        waiting.add(call, row);
        return null;
    }

    private void beginText(List<Integer> ofText, HeldRow<T> row, List<RowReading> begun) {
        String text = null;
        List<Integer> open = new ArrayList<>();
        List<Sink<?>> sinks = new ArrayList<>();
        for (int call : ofText) {
            ReadingFunction<?> function = (ReadingFunction<?>) calls.get(call).function();
            try {
                Object[] arguments = arguments(call, text);
                if (arguments == null) {
                    continue;
                }
                text = (String) arguments[0];
                if (text.isBlank()) {
                    row.value(call, function.blank(reader));
                    continue;
                }
                function.check(arguments);
                sinks.add(function.sink(reader, Document.of("row", text), arguments));
                open.add(call);
            } catch (MambaSqlException e) {
                settle(call, row, () -> function.failed(reader, e));
            }
        }
        if (!open.isEmpty()) {
            row.await();
            begun.add(new TextCalls<>(this, row, text, open, sinks));
        }
    }

    /** Takes what a call drew from a text. */
    void drawn(int call, HeldRow<T> row, String text, Outcome<?> outcome) {
        settle(call, row, () -> value(call, text, outcome));
    }

    @SuppressWarnings("unchecked") // the outcome of the call's own sink
    private <R> Object value(int call, String text, Outcome<?> outcome) {
        ReadingFunction<R> function = (ReadingFunction<R>) calls.get(call).function();
        return outcome.error() == null
                ? function.value(reader, text, (R) outcome.value())
                : function.failed(reader, MambaSqlException.of(outcome.error(), null));
    }

    /** A query was read, or could not be: {@code answer} is null then. */
    void answered(String query, Query answer) {
        asked.remove(query);
        if (answer != null) {
            reader.remember(answer);
        }
    }

    /** Takes the query of a call, or the error why there is none. */
    void asked(int call, HeldRow<T> row, Query query, MambaError error) {
        settle(call, row, () -> {
            if (error != null) {
                throw MambaSqlException.of(error, null);
            }
            return ((QueryFunction) calls.get(call).function()).value(query);
        });
    }

    private void settle(int call, HeldRow<T> row, Supplier<Object> value) {
        try {
            row.value(call, value.get());
        } catch (MambaSqlException e) {
            if (!calls.get(call).errorsAreNull()) {
                row.fail(e);
            }
        }
    }
}

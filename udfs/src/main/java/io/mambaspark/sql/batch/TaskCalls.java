package io.mambaspark.sql.batch;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Sink;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.ComputedFunction;
import io.mambaspark.sql.MambaException;
import io.mambaspark.sql.ReadingFunction;
import io.mambaspark.sql.TextReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/** The calls of a node as a task evaluates them: those that read the same text do so once. */
final class TaskCalls {
    private final TextReader reader;
    private final List<Call> calls;
    private final UnsafeProjection arguments;
    /** Of each call, where its arguments stand among those of all calls; one behind the last call too. */
    private final int[] firstArgument;

    private final DataType[] argumentTypes;
    /** The calls that compute, and the calls that read, by the text that they read. */
    private final List<Integer> computing = new ArrayList<>();

    private final List<List<Integer>> reading;

    private TaskCalls(TextReader reader, List<MambaExpression> expressions, List<Attribute> input) {
        this.reader = reader;
        this.calls = expressions.stream().map(MambaExpression::call).toList();
        this.firstArgument = new int[expressions.size() + 1];
        List<Expression> all = new ArrayList<>();
        Map<Expression, List<Integer>> byText = new LinkedHashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            List<Expression> children = Scala.list(expressions.get(i).children());
            all.addAll(children);
            firstArgument[i + 1] = all.size();
            if (calls.get(i).function() instanceof ComputedFunction) {
                computing.add(i);
            } else {
                byText.computeIfAbsent(children.get(0).canonicalized(), text -> new ArrayList<>())
                        .add(i);
            }
        }
        this.reading = List.copyOf(byText.values());
        this.arguments = UnsafeProjection$.MODULE$.create(Scala.seq(all), Scala.seq(input));
        this.argumentTypes = all.stream().map(Expression::dataType).toArray(DataType[]::new);
    }

    /** Opens the calls; their model, when a text is to be read. */
    static TaskCalls open(List<MambaExpression> calls, List<Attribute> input, ReadMetrics metrics) {
        TextReader reader = new TextReader(
                calls.get(0).call().model(), tokens -> metrics.queryTokens().add(tokens));
        return new TaskCalls(reader, calls, input);
    }

    TextReader reader() {
        return reader;
    }

    int count() {
        return calls.size();
    }

    /** Computes what needs no reading, and gives the readings that the row needs. */
    List<TextCalls> begin(HeldRow row) {
        UnsafeRow values = arguments.apply(row.columns());
        for (int call : computing) {
            compute(call, values, row);
        }
        List<TextCalls> readings = new ArrayList<>(reading.size());
        for (List<Integer> ofText : reading) {
            TextCalls text = beginText(ofText, values, row);
            if (text != null) {
                readings.add(text);
            }
        }
        return readings;
    }

    private void compute(int call, UnsafeRow values, HeldRow row) {
        settle(call, row, () -> {
            Object[] known = arguments(call, values);
            if (known == null) {
                return null;
            }
            calls.get(call).function().check(known);
            return ((ComputedFunction) calls.get(call).function()).compute(reader, known);
        });
    }

    /** The reading of one text of a row; null if nothing is to be read. */
    private TextCalls beginText(List<Integer> ofText, UnsafeRow values, HeldRow row) {
        String text = null;
        List<Integer> open = new ArrayList<>();
        List<Sink<?>> sinks = new ArrayList<>();
        for (int call : ofText) {
            ReadingFunction<?> function = (ReadingFunction<?>) calls.get(call).function();
            try {
                Object[] known = arguments(call, values, text);
                if (known == null) {
                    continue;
                }
                text = (String) known[0];
                if (text.isBlank()) {
                    row.value(call, function.blank(reader));
                    continue;
                }
                function.check(known);
                sinks.add(function.sink(reader, Document.of(row.id(), text), known));
                open.add(call);
            } catch (MambaException e) {
                settle(call, row, () -> function.failed(reader, e));
            }
        }
        return open.isEmpty() ? null : new TextCalls(row, text, open, sinks);
    }

    /** Takes what a reading gave. */
    void end(TextCalls text, Outcome<List<Outcome<?>>> outcome) {
        for (int i = 0; i < text.calls().size(); i++) {
            Outcome<?> ofCall = outcome.error() == null ? outcome.value().get(i) : outcome;
            int call = text.calls().get(i);
            settle(call, text.row(), () -> value(call, text.text(), ofCall));
        }
        text.row().read();
    }

    @SuppressWarnings("unchecked") // the outcome of the call's own sink
    private <R> Object value(int call, String text, Outcome<?> outcome) {
        ReadingFunction<R> function = (ReadingFunction<R>) calls.get(call).function();
        return outcome.error() == null
                ? function.value(reader, text, (R) outcome.value())
                : function.failed(reader, MambaException.ofRuntime(outcome.error(), null));
    }

    private interface Computation {
        Object value();
    }

    private void settle(int call, HeldRow row, Computation computation) {
        try {
            row.value(call, computation.value());
        } catch (MambaException e) {
            if (!calls.get(call).errorsAreNull()) {
                row.fail(e);
            }
        }
    }

    private Object[] arguments(int call, UnsafeRow values) {
        return arguments(call, values, null);
    }

    /** The arguments of a call, null if one is NULL; {@code text}, if not null, is the first one, decoded. */
    private Object[] arguments(int call, UnsafeRow values, String text) {
        int first = firstArgument[call];
        Object[] known = new Object[firstArgument[call + 1] - first];
        for (int i = known.length - 1; i >= 0; i--) { // the text last: it is dear to decode
            if (values.isNullAt(first + i)) {
                return null;
            }
            DataType type = argumentTypes[first + i];
            known[i] = i == 0 && text != null ? text : Values.toJava(values.get(first + i, type), type);
            if (known[i] == null) {
                return null;
            }
        }
        return known;
    }
}

package io.mambaspark.sql;

import java.io.Serializable;

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
     * The value of a row; null if an argument is that has to be known.
     *
     * @param arguments by place; those that are missing are left out
     * @throws MambaSqlException when there is no value, unless errors are to be NULL
     */
    public Object evaluate(Object... arguments) {
        FunctionDescription description = call.function().description();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null && !description.arguments().get(i).mayBeNull()) {
                return null;
            }
        }
        try {
            return value(description.complete(arguments));
        } catch (MambaSqlException e) {
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
        try {
            TextLimit.check(text);
            R drawn = reader.read(text, document -> function.sink(reader, document, arguments));
            return function.value(reader, text, drawn);
        } catch (MambaSqlException e) {
            return function.failed(reader, e);
        }
    }

    private TextReader reader() {
        TextReader open = reader;
        if (open == null) {
            open = new TextReader(call.model(), tokens -> {});
            reader = open;
        }
        return open;
    }
}

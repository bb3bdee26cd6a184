package io.mambaspark.ml;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.Evaluation;
import io.mambaspark.sql.Functions;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;

/**
 * A column that is read out of a text.
 *
 * @param name          of the column
 * @param function      what gives its values
 * @param errorsAreNull whether the function is called by its {@code try_} name
 * @param arguments     of the function after the text; null for one that is left out
 */
record TextColumn(String name, MambaFunction function, boolean errorsAreNull, List<Object> arguments)
        implements Serializable {
    private static final Evaluation EVALUATION = new Evaluation(true, "rows are read together by mapPartitions");

    static TextColumn of(String name, String function, List<Object> arguments) {
        boolean errorsAreNull = function.startsWith(Call.TRY);
        String plainName = errorsAreNull ? function.substring(Call.TRY.length()) : function;
        MambaFunction known = ofTexts()
                .filter(each -> each.description().name().equals(plainName))
                .findFirst()
                .orElseThrow(() -> unknown(function));
        check(known, arguments);
        TextColumn column = new TextColumn(name, known, errorsAreNull, new ArrayList<>(arguments));
        known.check(known.description().complete(column.call(null)));
        return column;
    }

    DataType type(DataType text) {
        return function.resultType(List.of(text));
    }

    /** The call that gives its values. */
    Call of(ModelChoice model) {
        return new Call(function, errorsAreNull, model);
    }

    /** All arguments, the text first. */
    Object[] call(String text) {
        Object[] all = new Object[arguments.size() + 1];
        all[0] = text;
        for (int i = 0; i < arguments.size(); i++) {
            all[i + 1] = arguments.get(i);
        }
        return all;
    }

    private static Stream<MambaFunction> ofTexts() {
        Predicate<MambaFunction> takesText = function -> function.description().arguments().stream()
                .limit(1)
                .anyMatch(first -> first.types().size() == 1 && first.types().get(0) instanceof StringType);
        return Functions.all(EVALUATION).stream().filter(takesText);
    }

    private static void check(MambaFunction function, List<Object> given) {
        List<Argument> all = function.description().arguments();
        List<Argument> afterText = all.subList(1, all.size());
        boolean fits = given.size() + 1 >= function.description().fewestArguments()
                && given.size() <= afterText.size()
                && IntStream.range(0, given.size()).allMatch(i -> takes(afterText.get(i), given.get(i)));
        if (!fits) {
            throw MambaSqlException.of(
                    "MAMBA_CALL_INVALID", Map.of("call", function.description().call(), "arguments", given.toString()));
        }
    }

    private static boolean takes(Argument argument, Object value) {
        if (value == null) {
            return argument.optional();
        }
        DataType type = argument.types().get(0);
        return type instanceof StringType
                ? value instanceof String
                : value.getClass().equals(type instanceof DoubleType ? Double.class : Integer.class);
    }

    private static MambaSqlException unknown(String function) {
        String names = ofTexts().map(each -> each.description().name()).collect(Collectors.joining(", "));
        return MambaSqlException.of("MAMBA_FUNCTION_UNKNOWN", Map.of("function", function, "functions", names));
    }
}

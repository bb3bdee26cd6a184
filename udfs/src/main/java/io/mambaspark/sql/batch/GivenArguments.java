package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.FunctionDescription;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;

/**
 * Puts what a call in SQL gives where the function's description has it: arguments by place or name. What is wrong with
 * them is told by Spark's own errors: they are about SQL, not about the function.
 *
 * @param name        under which the function was called
 * @param description of the function
 */
record GivenArguments(String name, FunctionDescription description) {
    /** An expression for each argument of the description, in its order; null for one that may be left out and is. */
    Expression[] inOrder(List<Expression> given) {
        List<Argument> arguments = description.arguments();
        if (given.size() > arguments.size()) {
            throw Unchecked.of(wrongNumber(given.size()));
        }
        Expression[] values = new Expression[arguments.size()];
        for (int i = 0; i < given.size(); i++) {
            boolean named = given.get(i) instanceof NamedArgumentExpression;
            int place = named ? place((NamedArgumentExpression) given.get(i)) : i;
            if (values[place] != null) {
                throw Unchecked.of(twice(arguments.get(place).name()));
            }
            values[place] = named ? ((NamedArgumentExpression) given.get(i)).value() : given.get(i);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !arguments.get(i).optional()) {
                throw Unchecked.of(wrongNumber(given.size()));
            }
        }
        return values;
    }

    private int place(NamedArgumentExpression given) {
        for (int i = 0; i < description.arguments().size(); i++) {
            if (description.arguments().get(i).name().equalsIgnoreCase(given.key())) {
                return i;
            }
        }
        throw Unchecked.of(unknown(given.key()));
    }

    private AnalysisException unknown(String argument) {
        String names = description.arguments().stream()
                .map(known -> "`" + known.name() + "`")
                .collect(Collectors.joining(", "));
        return new AnalysisException(
                "UNRECOGNIZED_PARAMETER_NAME",
                Scala.map(Map.of(
                        "routineName", "`" + name + "`", "argumentName", "`" + argument + "`", "proposal", names)));
    }

    private AnalysisException twice(String argument) {
        return new AnalysisException(
                "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED",
                Scala.map(Map.of("routineName", "`" + name + "`", "parameterName", "`" + argument + "`")));
    }

    private AnalysisException wrongNumber(int given) {
        int fewest = description.fewestArguments();
        int most = description.arguments().size();
        return new AnalysisException(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                Scala.map(Map.of(
                        "functionName",
                        "`" + name + "`",
                        "expectedNum",
                        fewest == most ? Integer.toString(most) : "[" + fewest + ", " + most + "]",
                        "actualNum",
                        Integer.toString(given),
                        "docroot",
                        "https://spark.apache.org/docs/latest")));
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.FunctionDescription;
import io.mambaspark.sql.MambaException;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.SummarizeAggFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes an expression of a call in SQL, by the function's description: arguments by place or name, defaults filled in. */
final class FunctionBuilder extends AbstractFunction1<Seq<Expression>, Expression> {
    private final MambaFunction function;
    private final boolean errorsAreNull;

    FunctionBuilder(MambaFunction function, boolean errorsAreNull) {
        this.function = function;
        this.errorsAreNull = errorsAreNull;
    }

    String name() {
        return (errorsAreNull ? Call.TRY : "") + function.description().name();
    }

    ExpressionInfo info() {
        return FunctionInfo.of(function, errorsAreNull);
    }

    @Override
    public Expression apply(Seq<Expression> given) {
        Call call = call();
        return function instanceof SummarizeAggFunction
                ? aggregate(call, Scala.list(given), SessionConf.read().aggMaxBytes())
                : expression(call, Scala.list(given));
    }

    /** The aggregate of a call with these arguments. */
    static Expression aggregate(Call call, List<Expression> given, long maxBytes) {
        FunctionBuilder builder = new FunctionBuilder(call.function(), call.errorsAreNull());
        return MambaAggregate.of(call, builder.inOrder(given), maxBytes);
    }

    /** The expression of a call with these arguments. */
    static Expression expression(Call call, List<Expression> given) {
        FunctionBuilder builder = new FunctionBuilder(call.function(), call.errorsAreNull());
        return new MambaExpression(call, Scala.seq(builder.inOrder(given)));
    }

    private Call call() {
        try {
            return new Call(function, errorsAreNull, ModelChoice.of(SessionConf.read()));
        } catch (MambaException e) {
            throw Unchecked.of(MambaAnalysisException.of(e));
        }
    }

    private List<Expression> inOrder(List<Expression> given) {
        List<Argument> arguments = function.description().arguments();
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
            Argument argument = arguments.get(i);
            if (values[i] == null && argument.defaultValue() != null) {
                values[i] = Literal$.MODULE$.apply(argument.defaultValue());
            } else if (values[i] == null && !argument.optional()) {
                throw Unchecked.of(wrongNumber(given.size()));
            }
        }
        return Arrays.stream(values).takeWhile(value -> value != null).toList();
    }

    private int place(NamedArgumentExpression given) {
        List<Argument> arguments = function.description().arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).name().equalsIgnoreCase(given.key())) {
                return i;
            }
        }
        throw Unchecked.of(unknown(given.key()));
    }

    /** Spark's own errors: they are about SQL, not about the function. */
    private AnalysisException unknown(String argument) {
        String names = function.description().arguments().stream()
                .map(known -> "`" + known.name() + "`")
                .collect(Collectors.joining(", "));
        return new AnalysisException(
                "UNRECOGNIZED_PARAMETER_NAME",
                Scala.map(Map.of(
                        "routineName", "`" + name() + "`", "argumentName", "`" + argument + "`", "proposal", names)));
    }

    private AnalysisException twice(String argument) {
        return new AnalysisException(
                "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED",
                Scala.map(Map.of("routineName", "`" + name() + "`", "parameterName", "`" + argument + "`")));
    }

    private AnalysisException wrongNumber(int given) {
        FunctionDescription description = function.description();
        int fewest = description.fewestArguments();
        int most = description.arguments().size();
        return new AnalysisException(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                Scala.map(Map.of(
                        "functionName",
                        "`" + name() + "`",
                        "expectedNum",
                        fewest == most ? Integer.toString(most) : "[" + fewest + ", " + most + "]",
                        "actualNum",
                        Integer.toString(given),
                        "docroot",
                        "https://spark.apache.org/docs/latest")));
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.SummarizeAggFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes an expression of a call in SQL, by the function's description: arguments by place or name, defaults filled in. */
final class FunctionBuilder extends AbstractFunction1<Seq<Expression>, Expression> {
    private final MambaFunction function;
    private final boolean errorsAreNull;
    private final KeyOrder unlessSaid;

    /** @param unlessSaid the order of an aggregate whose call names none */
    FunctionBuilder(MambaFunction function, boolean errorsAreNull, KeyOrder unlessSaid) {
        this.function = function;
        this.errorsAreNull = errorsAreNull;
        this.unlessSaid = unlessSaid;
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
                ? aggregate(
                        call, Scala.list(given), unlessSaid, SessionConf.read().aggMaxBytes())
                : expression(call, Scala.list(given));
    }

    /** The aggregate of a call with these arguments. */
    static Expression aggregate(Call call, List<Expression> given, KeyOrder otherwise, long maxBytes) {
        return MambaAggregate.of(call, of(call).inOrder(given), otherwise, maxBytes);
    }

    /** The expression of a call with these arguments. */
    static Expression expression(Call call, List<Expression> given) {
        return new MambaExpression(call, Scala.seq(of(call).expressionArguments(given)));
    }

    private List<Expression> expressionArguments(List<Expression> given) {
        return completed(inOrder(given));
    }

    private static FunctionBuilder of(Call call) {
        return new FunctionBuilder(call.function(), call.errorsAreNull(), KeyOrder.NONE);
    }

    private Call call() {
        try {
            return new Call(function, errorsAreNull, ModelChoice.of(SessionConf.read()));
        } catch (MambaSqlException e) {
            throw Unchecked.of(MambaAnalysisException.of(e));
        }
    }

    /** Null for an argument that is left out. */
    private List<Expression> inOrder(List<Expression> given) {
        List<Argument> arguments = function.description().arguments();
        Expression[] values = new GivenArguments(name(), function.description()).inOrder(given);
        for (int i = 0; i < values.length; i++) {
            values[i] = Standard.isFor(arguments.get(i), values[i]) ? null : values[i];
        }
        return Arrays.asList(values);
    }

    /** Up to the last argument that is given; those before it that are left out have their defaults. */
    private List<Expression> completed(List<Expression> inOrder) {
        List<Expression> completed = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i) != null) {
                while (completed.size() < i) {
                    completed.add(Standard.of(function.description().arguments().get(completed.size())));
                }
                completed.add(inOrder.get(i));
            }
        }
        return completed;
    }
}

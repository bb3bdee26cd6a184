package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.RowEvaluator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A call of one of our functions in a plan. {@link ExtractCalls} lifts it into a {@link MambaRead}; where that cannot be,
 * as in a lambda, it evaluates itself a row at a time.
 *
 * <p>{@code Unevaluable} is what keeps the optimizer from running the model on the driver: without it, {@code
 * ConvertToLocalRelation} would evaluate calls over a small table there.
 *
 * <p>For javac a class beats a trait's default: methods of mixed-in traits are chosen again where they matter. UnaryExpression
 * and its like cannot be extended from Java, as their forwarders have lost their signatures.
 */
public final class MambaExpression extends Expression
        implements ImplicitCastInputTypes, CodegenFallback, Unevaluable, Serializable {
    private static final long serialVersionUID = 1L;

    private final Call call;
    private final Seq<Expression> children;
    private transient RowEvaluator evaluator;
    private transient Function1<Object, Object> toCatalyst;

    /** A call with these arguments. The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaExpression(Call call, Seq<Expression> children) {
        this.call = call;
        this.children = children;
    }

    Call call() {
        return call;
    }

    @Override
    public Seq<Expression> children() {
        return children;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
        return new MambaExpression(call, newChildren);
    }

    @Override
    public String prettyName() {
        return call.name();
    }

    @Override
    public DataType dataType() {
        return call.function().resultType(types());
    }

    @Override
    public boolean nullable() {
        return true;
    }

    /** Never: constant folding would run the model on the driver. */
    @Override
    public boolean foldable() {
        return false;
    }

    @Override
    public boolean nullIntolerant() {
        return true;
    }

    /** Whether it is NULL exactly where an argument is. */
    boolean nullOnlyForNull() {
        return call.function().neverNull() && !call.errorsAreNull();
    }

    /** Whether it takes a text: all that is dear. Without one it is evaluated where it stands. */
    boolean takesText() {
        return Scala.list(children).stream().anyMatch(child -> child.dataType() instanceof StringType);
    }

    @Override
    public Seq<AbstractDataType> inputTypes() {
        List<AbstractDataType> types = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            types.add(InputTypes.of(argument(i)));
        }
        return Scala.seq(types);
    }

    private Argument argument(int i) {
        return call.function().description().arguments().get(i);
    }

    @Override
    public TypeCheckResult checkInputDataTypes() {
        TypeCheckResult types = ImplicitCastInputTypes.super.checkInputDataTypes();
        if (types.isSuccess()) {
            checkArguments();
        }
        return types;
    }

    private void checkArguments() {
        try {
            call.function().checkTypes(types());
            call.function().check(call.function().description().complete(constants()));
        } catch (MambaSqlException e) {
            throw Unchecked.of(MambaAnalysisException.of(e));
        }
    }

    private List<DataType> types() {
        return Scala.list(children).stream().map(Expression::dataType).toList();
    }

    /** The arguments that are constant; null for the others. */
    private Object[] constants() {
        Object[] known = new Object[children.size()];
        for (int i = 0; i < known.length; i++) {
            Expression child = children.apply(i);
            if (child.foldable()) {
                known[i] = Values.toJava(child.eval(null), child.dataType());
            } else if (argument(i).constant()) {
                throw MambaSqlException.of(
                        "MAMBA_ARGUMENT_NOT_CONSTANT",
                        Map.of("function", call.name(), "argument", argument(i).name(), "expression", child.sql()));
            }
        }
        return known;
    }

    @Override
    public Object eval(InternalRow row) {
        if (evaluator == null) {
            evaluator = new RowEvaluator(call);
            toCatalyst = CatalystTypeConverters.createToCatalystConverter(dataType());
        }
        Object[] arguments = new Object[children.size()];
        for (int i = 0; i < arguments.length; i++) {
            Expression child = children.apply(i);
            arguments[i] = Values.toJava(child.eval(row), child.dataType());
        }
        return toCatalyst.apply(evaluator.evaluate(arguments));
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        return CodegenFallback.super.doGenCode(context, code);
    }

    @Override
    public String toString() {
        return Scala.list(children).stream()
                .map(Expression::toString)
                .collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    @Override
    public int productArity() {
        return 2;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> call;
            case 1 -> children;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MambaExpression;
    }

    @Override
    public boolean equals(Object other) {
        return Scala.equal(this, other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}

package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.MambaSqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The values of arguments that a table function needs before there is a plan.
 *
 * @param function as it was called
 * @param session  whose analyzer and optimizer compute them, so that any constant expression will do
 */
record ConstantArguments(String function, SparkSession session) {
    /**
     * Computes all arguments: String, Integer, Double or Boolean. One that may be left out and is NULL has no value.
     *
     * @throws MambaSqlException for the first that is not constant, of another type, or NULL and needed
     */
    Map<Argument, Object> values(Map<Argument, Expression> given) {
        given.forEach(this::check);
        List<NamedExpression> columns = new ArrayList<>();
        given.forEach((argument, value) -> columns.add(Columns.named(argument.name(), value)));
        Row row = Dataset$.MODULE$
                .ofRows(session, new Project(Scala.seq(columns), oneRow()))
                .head();
        Map<Argument, Object> values = new HashMap<>();
        int i = 0;
        for (Argument argument : given.keySet()) {
            Object value = row.get(i++);
            if (value != null) {
                values.put(argument, value instanceof Number number ? toNumber(argument, number) : value);
            } else if (!argument.optional()) {
                throw argument.refuse(function, "NULL");
            }
        }
        return values;
    }

    /** Not a OneRowRelation: the optimizer computes on local rows by itself, where that would be a job. */
    private LogicalPlan oneRow() {
        return session.createDataFrame(List.of(RowFactory.create()), new StructType())
                .logicalPlan();
    }

    private void check(Argument argument, Expression value) {
        if (TableArgument.isTable(value)) {
            throw argument.refuse(function, "a table");
        }
        if (!isConstant(value)) {
            throw MambaSqlException.of(
                    "MAMBA_ARGUMENT_NOT_CONSTANT",
                    Map.of("function", function, "argument", argument.name(), "expression", value.sql()));
        }
        if (!fits(value.dataType(), argument.types().get(0))) {
            throw argument.refuse(function, "of type " + value.dataType().sql());
        }
    }

    /** More than what is foldable: {@code current_date()} is a constant that the optimizer puts in. */
    private static boolean isConstant(Expression value) {
        return value.deterministic()
                && value.references().isEmpty()
                && !value.exists(part -> part instanceof SubqueryExpression
                        || part instanceof OuterReference
                        || part instanceof MambaExpression);
    }

    private static boolean fits(DataType given, DataType wanted) {
        return given instanceof NullType
                || wanted instanceof StringType && given instanceof StringType
                || wanted instanceof BooleanType && given instanceof BooleanType
                || wanted instanceof IntegerType && isWhole(given)
                || wanted instanceof DoubleType && given instanceof NumericType;
    }

    private static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    private Number toNumber(Argument argument, Number value) {
        return argument.types().get(0) instanceof DoubleType
                ? (Number) value.doubleValue()
                : (Number) toInt(argument, value.longValue());
    }

    private int toInt(Argument argument, long value) {
        if (value != (int) value) {
            throw argument.refuse(function, Long.toString(value));
        }
        return (int) value;
    }
}

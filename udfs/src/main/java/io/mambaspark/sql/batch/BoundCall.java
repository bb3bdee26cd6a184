package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.RowEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import scala.Function1;

/** A function of the catalog with the types of its arguments. {@link CatalogCalls} makes a call of it that is batched. */
public final class BoundCall implements ScalarFunction<Object> {
    private static final long serialVersionUID = 1L;

    private final Call call;
    private final ArrayList<DataType> types;
    private transient RowEvaluator evaluator;
    private transient Function1<Object, Object> toCatalyst;

    /** A call with arguments of these types; those that are left out have their defaults. */
    public BoundCall(Call call, List<DataType> types) {
        this.call = call;
        this.types = new ArrayList<>(types);
    }

    Call call() {
        return call;
    }

    @Override
    public DataType[] inputTypes() {
        return types.toArray(DataType[]::new);
    }

    @Override
    public DataType resultType() {
        return call.function().resultType(types);
    }

    @Override
    public String name() {
        return call.name();
    }

    @Override
    public String canonicalName() {
        return types.stream().map(DataType::sql).collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    @Override
    public Object produceResult(InternalRow row) {
        if (evaluator == null) {
            evaluator = new RowEvaluator(call);
            toCatalyst = CatalystTypeConverters.createToCatalystConverter(resultType());
        }
        Object[] arguments = new Object[types.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = row.isNullAt(i) ? null : Values.toJava(row.get(i, types.get(i)), types.get(i));
        }
        return toCatalyst.apply(evaluator.evaluate(arguments));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundCall bound && bound.call.equals(call) && bound.types.equals(types);
    }

    @Override
    public int hashCode() {
        return 31 * call.hashCode() + types.hashCode();
    }
}

package io.mambaspark.sql;

import io.mambaspark.sql.batch.BoundCall;
import io.mambaspark.sql.batch.BoundGroupCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A function of the catalog, before the types of its arguments are known. */
record UnboundCall(MambaFunction function, boolean errorsAreNull) implements UnboundFunction {
    @Override
    public String name() {
        return (errorsAreNull ? Call.TRY : "") + function.description().name();
    }

    @Override
    public String description() {
        FunctionDescription description = function.description();
        StringBuilder text = new StringBuilder();
        text.append(description.call()).append(" - ").append(description.usage());
        for (Argument argument : description.arguments()) {
            text.append("\n  ").append(argument.name()).append(": ").append(argument.meaning());
        }
        return text.append("\n  ").append(description.meaning()).toString();
    }

    @Override
    public BoundFunction bind(StructType given) {
        List<Argument> arguments = function.description().arguments();
        int count = given.fields().length;
        if (count < function.description().fewestArguments() || count > arguments.size()) {
            throw new UnsupportedOperationException(
                    function.description().call() + " cannot be called with " + count + " arguments");
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isKey = function instanceof SummarizeAggFunction && i == SummarizeAggFunction.ORDER_KEY;
            types.add(isKey ? given.fields()[i].dataType() : accepted(arguments.get(i), given.fields()[i]));
        }
        MambaConf conf = MambaConf.of(SparkSession.active());
        Call call = new Call(function, errorsAreNull, ModelChoice.of(conf));
        if (function instanceof SummarizeAggFunction) {
            return new BoundGroupCall(call, types, conf.aggMaxBytes());
        }
        return new BoundCall(call, types);
    }

    /** The type that Spark casts an argument to. */
    private static DataType accepted(Argument argument, StructField given) {
        for (DataType type : argument.types()) {
            if (type instanceof StringType && given.dataType() instanceof StringType) {
                return given.dataType(); // with its collation
            }
            if (type instanceof ArrayType && given.dataType() instanceof ArrayType) {
                return type;
            }
        }
        return argument.types().get(0);
    }
}

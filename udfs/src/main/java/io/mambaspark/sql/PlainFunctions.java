package io.mambaspark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/**
 * The functions by Spark's public interfaces alone, a row at a time. A user-defined function has one number of arguments
 * and takes any type: under an internal name it stands behind a SQL function that has the defaults and the casts.
 */
final class PlainFunctions {
    /** Of the user-defined functions behind the SQL functions. */
    private static final String INTERNAL = "__";

    private PlainFunctions() {}

    static List<String> register(SparkSession spark, MambaConf conf, Evaluation evaluation) {
        ModelChoice model = ModelChoice.of(conf);
        List<String> names = new ArrayList<>();
        for (MambaFunction function : Functions.all(evaluation)) {
            for (boolean errorsAreNull : new boolean[] {false, true}) {
                Call call = new Call(function, errorsAreNull, model);
                if (function instanceof SummarizeAggFunction) {
                    registerAggregator(spark, call, conf.aggMaxBytes());
                } else {
                    register(spark, call);
                }
                names.add(call.name());
            }
        }
        return names;
    }

    private static void register(SparkSession spark, Call call) {
        List<Argument> arguments = call.function().description().arguments();
        boolean plain = arguments.stream().anyMatch(argument -> argument.types().size() > 1);
        String udf = plain ? call.name() : INTERNAL + call.name();
        // What is there may be of another kind, which Spark refuses to replace; and it warns of each replacement.
        drop(spark, call.name());
        drop(spark, udf);
        registerUdf(spark, udf, call, arguments.size());
        if (!plain) {
            spark.sql(sqlFunction(call, udf, arguments));
        }
    }

    private static void registerAggregator(SparkSession spark, Call call, long maxBytes) {
        drop(spark, call.name());
        SummarizeAggregator aggregator = new SummarizeAggregator(call, maxBytes);
        spark.udf().register(call.name(), functions.udaf(aggregator, SummarizeAggregator.inputEncoder()));
    }

    private static void drop(SparkSession spark, String name) {
        spark.sql("DROP TEMPORARY FUNCTION IF EXISTS " + name);
    }

    private static void registerUdf(SparkSession spark, String name, Call call, int arguments) {
        RowEvaluator evaluator = new RowEvaluator(call);
        DataType result = call.function().description().result();
        switch (arguments) {
            case 0 -> spark.udf().register(name, (UDF0<Object>) () -> evaluator.evaluate(), result);
            case 1 -> spark.udf().register(name, (UDF1<Object, Object>) a -> evaluator.evaluate(a), result);
            case 2 ->
                spark.udf().register(name, (UDF2<Object, Object, Object>) (a, b) -> evaluator.evaluate(a, b), result);
            case 3 ->
                spark.udf()
                        .register(
                                name,
                                (UDF3<Object, Object, Object, Object>) (a, b, c) -> evaluator.evaluate(a, b, c),
                                result);
            case 4 ->
                spark.udf()
                        .register(
                                name,
                                (UDF4<Object, Object, Object, Object, Object>)
                                        (a, b, c, d) -> evaluator.evaluate(a, b, c, d),
                                result);
            default -> throw new IllegalArgumentException(name + " has " + arguments + " arguments");
        }
    }

    private static String sqlFunction(Call call, String udf, List<Argument> arguments) {
        String parameters = arguments.stream().map(PlainFunctions::parameter).collect(Collectors.joining(", "));
        String names = arguments.stream().map(Argument::name).collect(Collectors.joining(", "));
        DataType result = call.function().description().result();
        return "CREATE TEMPORARY FUNCTION " + call.name() + "(" + parameters + ") RETURNS " + result.sql() + " RETURN "
                + udf + "(" + names + ")";
    }

    private static String parameter(Argument argument) {
        DataType type = argument.types().get(0);
        String parameter = argument.name() + " " + type.sql();
        if (!argument.optional()) {
            return parameter;
        }
        Object value = argument.defaultValue() == null ? FunctionDescription.LEFT_OUT : argument.defaultValue();
        return parameter + " DEFAULT " + (type instanceof StringType ? "'" + value + "'" : value);
    }
}

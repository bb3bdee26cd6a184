package io.mambaspark.sql;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An argument of a SQL function.
 *
 * @param name         as in {@code name => value}
 * @param types        what it takes; values of other types are cast to the first one, where SQL casts by itself
 * @param need         whether it may be left out
 * @param defaultValue what it is when left out; null for an argument that then does not exist
 * @param constant     whether it must be the same in all rows
 * @param meaning      a sentence
 */
public record Argument(
        String name, List<DataType> types, Need need, Object defaultValue, boolean constant, String meaning) {
    /** Whether an argument may be left out. */
    public enum Need {
        REQUIRED,
        OPTIONAL
    }

    static Argument text(String name, String meaning) {
        return new Argument(name, List.of(DataTypes.StringType), Need.REQUIRED, null, false, meaning);
    }

    static Argument optionalText(String name, String meaning) {
        return new Argument(name, List.of(DataTypes.StringType), Need.OPTIONAL, null, false, meaning);
    }

    static Argument number(String name, int defaultValue, String meaning) {
        return new Argument(name, List.of(DataTypes.IntegerType), Need.OPTIONAL, defaultValue, true, meaning);
    }

    /** A constant of a table function. */
    static Argument constant(String name, DataType type, Need need, Object defaultValue, String meaning) {
        return new Argument(name, List.of(type), need, defaultValue, true, meaning);
    }

    /** A table with at least these columns, which is given by name only. */
    static Argument table(String name, StructType columns, String meaning) {
        return new Argument(name, List.of(columns), Need.OPTIONAL, null, true, meaning);
    }

    /** Whether NULL stands for its default. */
    public boolean mayBeNull() {
        return constant && optional();
    }

    /** Whether it may be left out. */
    public boolean optional() {
        return need == Need.OPTIONAL;
    }

    /** What it takes, as documentation words it: such as {@code STRING}, or {@code TABLE(id, text)}. */
    public List<String> typeNames() {
        return types.stream()
                .map(type -> type instanceof StructType columns
                        ? "TABLE(" + String.join(", ", columns.fieldNames()) + ")"
                        : type.sql())
                .toList();
    }

    /** The error of a call of {@code function} that gives what it does not take; {@code given} says what, in words. */
    public MambaSqlException refuse(String function, String given) {
        return MambaSqlException.of(
                "MAMBA_ARGUMENT_INVALID",
                Map.of(
                        "function",
                        function,
                        "argument",
                        name,
                        "given",
                        given,
                        "types",
                        String.join(" or ", typeNames())));
    }
}

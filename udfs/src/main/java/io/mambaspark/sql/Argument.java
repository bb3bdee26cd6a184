package io.mambaspark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

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

    /** Whether it may be left out. */
    public boolean optional() {
        return need == Need.OPTIONAL;
    }
}

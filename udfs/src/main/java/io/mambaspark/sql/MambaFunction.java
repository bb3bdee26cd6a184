package io.mambaspark.sql;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A SQL function. Values are what Spark's public API has for them: String, Integer, Row for a struct, List or an array of
 * primitives for an array. Functions are equal by what they do: plans are compared.
 */
public sealed interface MambaFunction extends Serializable
        permits ComputedFunction, ReadingFunction, SummarizeAggFunction {
    /** What it is called, takes and gives. */
    FunctionDescription description();

    /** The type of its result for arguments of these types. */
    default DataType resultType(List<DataType> arguments) {
        return description().result();
    }

    /**
     * Refuses arguments that no row could be right with.
     *
     * @param known all arguments; null stands for one that is not known yet, or was left out
     * @throws MambaSqlException for the first wrong one
     */
    default void check(Object[] known) {}

    /**
     * Refuses types that do not go together.
     *
     * @throws MambaSqlException if they do not
     */
    default void checkTypes(List<DataType> types) {}

    /** Whether its result is NULL only if an argument is. */
    default boolean neverNull() {
        return false;
    }
}

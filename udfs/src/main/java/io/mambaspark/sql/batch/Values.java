package io.mambaspark.sql.batch;

import io.mambaspark.sql.TextLimit;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/** Catalyst's values as functions take them. */
final class Values {
    private Values() {}

    /** A value of an argument; null for NULL, and for a vector of which a number is NULL. */
    static Object toJava(Object value, DataType type) {
        if (value instanceof UTF8String text) {
            return text(text);
        }
        return value instanceof ArrayData array ? vector(array) : value;
    }

    /** Bytes that are not UTF-8 are read as {@code make_valid_utf8} gives them. */
    private static String text(UTF8String text) {
        TextLimit.check(text.numBytes());
        return text.makeValid().toString();
    }

    private static float[] vector(ArrayData array) {
        for (int i = 0; i < array.numElements(); i++) {
            if (array.isNullAt(i)) {
                return null;
            }
        }
        return array.toFloatArray();
    }
}

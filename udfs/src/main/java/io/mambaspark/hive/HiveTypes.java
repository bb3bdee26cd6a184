package io.mambaspark.hive;

import io.mambaspark.sql.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hive.ql.exec.UDFArgumentTypeException;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorConverters;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorFactory;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.PrimitiveObjectInspectorFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Spark's types and values as Hive has them. */
final class HiveTypes {
    private HiveTypes() {}

    static ObjectInspector inspector(DataType type) {
        if (type instanceof ArrayType array) {
            return ObjectInspectorFactory.getStandardListObjectInspector(inspector(array.elementType()));
        }
        if (type instanceof StructType struct) {
            return ObjectInspectorFactory.getStandardStructObjectInspector(
                    Arrays.asList(struct.fieldNames()),
                    Arrays.stream(struct.fields())
                            .map(field -> inspector(field.dataType()))
                            .toList());
        }
        return primitive(type);
    }

    private static ObjectInspector primitive(DataType type) {
        if (type instanceof StringType) {
            return PrimitiveObjectInspectorFactory.javaStringObjectInspector;
        } else if (type.equals(DataTypes.IntegerType)) {
            return PrimitiveObjectInspectorFactory.javaIntObjectInspector;
        } else if (type.equals(DataTypes.LongType)) {
            return PrimitiveObjectInspectorFactory.javaLongObjectInspector;
        } else if (type.equals(DataTypes.FloatType)) {
            return PrimitiveObjectInspectorFactory.javaFloatObjectInspector;
        } else if (type.equals(DataTypes.DoubleType)) {
            return PrimitiveObjectInspectorFactory.javaDoubleObjectInspector;
        } else if (type.equals(DataTypes.BooleanType)) {
            return PrimitiveObjectInspectorFactory.javaBooleanObjectInspector;
        }
        throw new IllegalArgumentException("no Hive type for " + type.sql());
    }

    /** What makes a value of an argument of one that was given; of the first of its types that has the same form. */
    static ObjectInspectorConverters.Converter converter(ObjectInspector given, Argument argument)
            throws UDFArgumentTypeException {
        for (DataType type : argument.types()) {
            ObjectInspector wanted = inspector(type);
            if (wanted.getCategory() == given.getCategory()) {
                return ObjectInspectorConverters.getConverter(given, wanted);
            }
        }
        throw new UDFArgumentTypeException(
                0, argument.name() + " must be " + argument.types().get(0).sql() + ", not " + given.getTypeName());
    }

    /** A value as a function takes it; null for NULL, and for a vector of which a number is NULL. */
    static Object toArgument(Object value) {
        if (!(value instanceof List<?> numbers)) {
            return value;
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (numbers.get(i) == null) {
                return null;
            }
            vector[i] = (Float) numbers.get(i);
        }
        return vector;
    }

    static Object toHive(Object value) {
        if (value instanceof float[] numbers) {
            List<Float> list = new ArrayList<>(numbers.length);
            for (float number : numbers) {
                list.add(number);
            }
            return list;
        }
        if (value instanceof Row row) {
            List<Object> fields = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                fields.add(toHive(row.get(i)));
            }
            return fields;
        }
        return value instanceof List<?> list
                ? list.stream().map(HiveTypes::toHive).toList()
                : value;
    }
}

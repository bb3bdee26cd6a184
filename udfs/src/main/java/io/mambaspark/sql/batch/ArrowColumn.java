package io.mambaspark.sql.batch;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** An Arrow vector that takes values of Spark's public API, row by row. */
final class ArrowColumn implements AutoCloseable {
    private final FieldVector vector;
    private final Writer writer;

    /** Writes a value at a place of a vector; null for NULL. */
    private interface Writer {
        void write(int at, Object value);
    }

    private ArrowColumn(FieldVector vector) {
        this.vector = vector;
        this.writer = writer(vector);
    }

    static ArrowColumn of(String name, DataType type, BufferAllocator allocator) {
        return new ArrowColumn(field(name, type).createVector(allocator));
    }

    void write(int at, Object value) {
        writer.write(at, value);
    }

    ValueVector vector(int rows) {
        vector.setValueCount(rows);
        return vector;
    }

    void clear(boolean giveBack) {
        if (giveBack) {
            vector.clear();
        } else {
            vector.reset();
        }
    }

    @Override
    public void close() {
        vector.close();
    }

    private static Field field(String name, DataType type) {
        if (type instanceof ArrayType array) {
            return new Field(
                    name,
                    FieldType.nullable(ArrowType.List.INSTANCE),
                    List.of(field(ListVector.DATA_VECTOR_NAME, array.elementType())));
        }
        if (type instanceof StructType struct) {
            List<Field> fields = new ArrayList<>();
            for (StructField field : struct.fields()) {
                fields.add(field(field.name(), field.dataType()));
            }
            return new Field(name, FieldType.nullable(ArrowType.Struct.INSTANCE), fields);
        }
        return new Field(name, FieldType.nullable(scalar(type)), List.of());
    }

    private static ArrowType scalar(DataType type) {
        if (type instanceof StringType) {
            return ArrowType.Utf8.INSTANCE;
        } else if (type instanceof IntegerType) {
            return new ArrowType.Int(Integer.SIZE, true);
        } else if (type instanceof LongType) {
            return new ArrowType.Int(Long.SIZE, true);
        } else if (type instanceof FloatType) {
            return new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
        } else if (type instanceof DoubleType) {
            return new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        } else if (type instanceof BooleanType) {
            return ArrowType.Bool.INSTANCE;
        }
        throw new IllegalArgumentException("no function gives " + type.sql());
    }

    private static Writer writer(FieldVector vector) {
        if (vector instanceof ListVector list) {
            return orNull(list, listWriter(list));
        } else if (vector instanceof StructVector struct) {
            return structWriter(struct);
        } else if (vector instanceof VarCharVector text) {
            return orNull(text, (at, value) -> text.setSafe(at, ((String) value).getBytes(StandardCharsets.UTF_8)));
        } else if (vector instanceof IntVector ints) {
            return orNull(ints, (at, value) -> ints.setSafe(at, (Integer) value));
        } else if (vector instanceof BigIntVector longs) {
            return orNull(longs, (at, value) -> longs.setSafe(at, (Long) value));
        } else if (vector instanceof Float4Vector floats) {
            return orNull(floats, (at, value) -> floats.setSafe(at, (Float) value));
        } else if (vector instanceof Float8Vector doubles) {
            return orNull(doubles, (at, value) -> doubles.setSafe(at, (Double) value));
        } else if (vector instanceof BitVector bits) {
            return orNull(bits, (at, value) -> bits.setSafe(at, (Boolean) value ? 1 : 0));
        }
        throw new IllegalArgumentException("no writer for " + vector.getField());
    }

    private static Writer orNull(FieldVector vector, Writer writer) {
        return (at, value) -> {
            if (value == null) {
                vector.setNull(at);
            } else {
                writer.write(at, value);
            }
        };
    }

    private static Writer listWriter(ListVector list) {
        Writer elements = writer(list.getDataVector());
        return (at, value) -> {
            int size = value instanceof List<?> values ? values.size() : Array.getLength(value);
            int start = list.startNewValue(at);
            for (int i = 0; i < size; i++) {
                elements.write(start + i, value instanceof List<?> values ? values.get(i) : Array.get(value, i));
            }
            list.endValue(at, size);
        };
    }

    private static Writer structWriter(StructVector struct) {
        List<Writer> fields =
                struct.getChildrenFromFields().stream().map(ArrowColumn::writer).toList();
        return (at, value) -> {
            if (value == null) {
                struct.setNull(at);
            } else {
                struct.setIndexDefined(at);
            }
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).write(at, value == null ? null : ((Row) value).get(i));
            }
        };
    }
}

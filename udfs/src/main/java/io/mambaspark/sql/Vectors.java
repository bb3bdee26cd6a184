package io.mambaspark.sql;

import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Vectors as Spark hands them to functions. */
final class Vectors {
    private Vectors() {}

    /** The numbers of an array; null if one is NULL. */
    static float[] of(Object array) {
        if (array instanceof float[] floats) {
            return floats;
        }
        Object[] numbers =
                CollectionConverters.asJavaCollection((Iterable<?>) array).toArray();
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            if (numbers[i] == null) {
                return null;
            }
            floats[i] = ((Number) numbers[i]).floatValue();
        }
        return floats;
    }
}

package io.mambaspark.sql;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/** A record by its components: Kryo 4 would set fields, which records forbid. */
final class RecordSerializer<R extends Record> extends Serializer<R> {
    private final Method[] components;
    private final Constructor<R> constructor;

    RecordSerializer(Class<R> type) {
        super(false, true);
        RecordComponent[] declared = type.getRecordComponents();
        components = Stream.of(declared).map(RecordComponent::getAccessor).toArray(Method[]::new);
        Stream.of(components).forEach(component -> component.setAccessible(true));
        try {
            constructor = type.getDeclaredConstructor(
                    Stream.of(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every record has it", e);
        }
    }

    @Override
    public void write(Kryo kryo, Output output, R value) {
        try {
            for (Method component : components) {
                kryo.writeClassAndObject(output, component.invoke(value));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component of " + value.getClass() + " cannot be read", e);
        }
    }

    @Override
    public R read(Kryo kryo, Input input, Class<R> type) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = kryo.readClassAndObject(input);
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a " + type + " cannot be made", e);
        }
    }
}

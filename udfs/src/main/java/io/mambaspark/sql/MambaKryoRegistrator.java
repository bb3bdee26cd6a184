package io.mambaspark.sql;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.index.build.SentByBuilds;
import io.mambaspark.index.search.Travelling;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Registers with Kryo what this library sends between JVMs, so that jobs run with
 * {@code spark.kryo.registrationRequired=true}:
 * <pre>spark.kryo.registrator  io.mambaspark.sql.MambaKryoRegistrator</pre>
 */
public final class MambaKryoRegistrator implements KryoRegistrator {
    @Override
    public void registerClasses(Kryo kryo) {
        // Kryo 4 sets fields through Unsafe, which records forbid; these few are small, so Java's own form will do.
        kryo.register(ModelHandle.class, new JavaSerializer());
        kryo.register(EngineOptions.class, new JavaSerializer());
        SentByBuilds.classes().forEach(type -> kryo.register(type, new JavaSerializer()));
        Travelling.records().forEach(type -> kryo.register(type, new RecordSerializer<>(type)));
        Travelling.others().forEach(type -> kryo.register(type, new JavaSerializer()));
        Travelling.arrays().forEach(kryo::register);
    }
}

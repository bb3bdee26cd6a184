package io.mambaspark.jobs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.mambaspark.sql.MambaKryoRegistrator;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers what the jobs send between JVMs; each job sets it by itself. */
public final class JobsKryoRegistrator implements KryoRegistrator {
    @Override
    public void registerClasses(Kryo kryo) {
        new MambaKryoRegistrator().registerClasses(kryo);
        kryo.register(FileSource.class, new JavaSerializer());
        kryo.register(FileSource[].class, new JavaSerializer());
        kryo.register(FileSource[][].class, new JavaSerializer());
        kryo.register(RowSource.class, new JavaSerializer());
    }
}

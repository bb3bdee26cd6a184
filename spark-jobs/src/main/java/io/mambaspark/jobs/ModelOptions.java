package io.mambaspark.jobs;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelHandle;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which model reads, and on what; where they are silent, {@code spark.mamba.*} says it. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "The folder of a Hugging Face checkpoint, at the same place on every executor"
                    + " (default: the model inside this jar).")
    private String model;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = Device.class,
            description = "Where executors run the model: auto, cpu, gpu, or opencl:NAME for any OpenCL device by a"
                    + " part of its name (default: auto, a GPU where there is one that works).")
    private String device;

    /** What {@code --device} takes. */
    static final class Device implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (value.matches("auto|cpu|gpu|opencl:.+")) {
                return value;
            }
            throw new TypeConversionException("expected one of auto, cpu, gpu, opencl:NAME but was '" + value + "'");
        }
    }

    boolean isBuiltIn() {
        return location().equals(ModelHandle.BUILT_IN);
    }

    /** Where the model is stored; nowhere if it is in the jar. */
    List<Place> places(Configuration hadoop) {
        return isBuiltIn() ? List.of() : List.of(Place.ofLocal("--model", location(), hadoop));
    }

    /** Opens the checkpoint here, so that a wrong path is told before anything else starts. */
    Checkpoint checkpoint() {
        try {
            return ModelHandle.checkpoint(location());
        } catch (MambaException e) {
            throw new UsageException("--model " + location() + " cannot be used: " + e.getMessage());
        }
    }

    /** What tasks get instead of the model. */
    ModelHandle handle(Checkpoint checkpoint) {
        return new ModelHandle(location(), checkpoint.fingerprint());
    }

    /** How to run it, with a thread for each core of a task. */
    EngineOptions engine() {
        EngineOptions configured = conf().engine();
        return device == null ? configured : configured.withDevice(device);
    }

    /** Makes it what the functions and indices of a session read with. */
    void applyTo(SparkSession spark) {
        spark.conf().set(MambaConf.MODEL.name(), location());
        spark.conf().set(MambaConf.DEVICE.name(), engine().device());
    }

    private String location() {
        return model == null ? conf().model() : model;
    }

    private static MambaConf conf() {
        SparkEnv running = SparkEnv.get();
        SparkConf spark = running == null ? new SparkConf() : running.conf();
        try {
            return MambaConf.of(key -> Optional.ofNullable(spark.get(key, null)));
        } catch (MambaSqlException e) {
            throw new UsageException(e.getMessage());
        }
    }
}

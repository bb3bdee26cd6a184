package io.mambaspark.jobs;

import io.mambaspark.engine.DeviceReport;
import io.mambaspark.engine.EngineBench;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.Engines;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.sql.SelfTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.package$;
import scala.util.Properties;

/** Looks at what a model needs on this machine, from the ground up, and goes on past what is wrong. */
final class Diagnosis {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final Duration COMPARISON = Duration.ofSeconds(2);
    /** Larger errors are not those of rounding. */
    private static final double LARGEST_ERROR = 1e-3;

    private final EngineOptions options;
    private final List<Finding> findings = new ArrayList<>();
    private final List<DeviceReport> devices = new ArrayList<>();
    private EngineBench.Comparison comparison;

    private Diagnosis(EngineOptions options) {
        this.options = options;
    }

    /**
     * One thing that was looked at.
     *
     * @param name   what
     * @param usable false if no model can run because of it
     * @param detail what was found, and what to do if it is wrong
     */
    record Finding(String name, boolean usable, String detail) {}

    /** Looks at everything, for a model that runs as {@code options} say. */
    static Diagnosis of(ModelOptions model, EngineOptions options) {
        Diagnosis diagnosis = new Diagnosis(options);
        diagnosis.java();
        diagnosis.spark();
        diagnosis.resources();
        diagnosis.vectorApi();
        diagnosis.engines();
        diagnosis.model(model);
        return diagnosis;
    }

    List<Finding> findings() {
        return findings;
    }

    /** All devices that the engines see. */
    List<DeviceReport> devices() {
        return devices;
    }

    /** The device beside the CPU, if the model ran on another. */
    Optional<EngineBench.Comparison> comparison() {
        return Optional.ofNullable(comparison);
    }

    private void java() {
        Runtime runtime = Runtime.getRuntime();
        found(
                "Java",
                "%s (%s), %d processors, heap up to %,d MiB",
                Runtime.version(),
                System.getProperty("java.vendor"),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20);
        warning(Runtime.version()).ifPresent(warning -> found("Java", "warning: %s", warning));
    }

    /** What is wrong with a Java on which models run nevertheless. */
    static Optional<String> warning(Runtime.Version java) {
        boolean early = java.feature() == 25 && java.interim() == 0 && java.update() < 3;
        return early
                ? Optional.of("Spark requires 25.0.3 or newer of Java 25, and this is " + java + ": update it")
                : Optional.empty();
    }

    private void spark() {
        found("Spark", "%s, Scala %s", package$.MODULE$.SPARK_VERSION(), Properties.versionNumberString());
    }

    private void vectorApi() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            found("Vector API", "absent: start java with --add-modules=%s (Spark 4 does so by itself)", VECTOR_MODULE);
            return;
        }
        try {
            // By name: this class must load where the module is missing.
            Object species = Class.forName("jdk.incubator.vector.FloatVector")
                    .getField("SPECIES_PREFERRED")
                    .get(null);
            found("Vector API", "present, %s", species);
        } catch (ReflectiveOperationException e) {
            found("Vector API", "present, but it does not answer: %s", e);
        }
    }

    /** What Spark was told of GPUs. */
    private void resources() {
        String told = Arrays.stream(new SparkConf().getAll())
                .filter(entry -> entry._1().matches("spark\\.(driver|worker|executor|task)\\.resource\\..*"))
                .map(entry -> entry._1() + "=" + entry._2())
                .sorted()
                .collect(Collectors.joining(", "));
        found(
                "Resources",
                told.isEmpty()
                        ? "no spark.executor.resource.gpu.*: an executor takes the GPU of spark.mamba.gpu.address, the"
                                + " first one if not set"
                        : told);
    }

    private void engines() {
        for (EngineProvider provider : Engines.providers()) {
            boolean asked = options.device().equals(Engines.AUTO) || provider.serves(options.device());
            EngineOptions probed = asked ? options : options.withDevice(provider.device());
            try {
                EngineProvider.Availability availability = provider.availability(probed);
                found(
                        "Engine " + provider.device(),
                        "%s: %s",
                        availability.available() ? "available" : "not available",
                        availability.reason());
                provider.devices(probed).forEach(this::device);
            } catch (RuntimeException e) {
                findings.add(new Finding("Engine " + provider.device(), !asked, Failures.sentence(e)));
            }
        }
    }

    private void device(DeviceReport device) {
        devices.add(device);
        found(
                "  " + device.kind(),
                "%s (%s, %s), %,d MiB, %s: %s",
                device.name(),
                device.platform(),
                device.driver(),
                toMiB(device.memoryBytes()),
                device.chosen() ? "chosen" : "not chosen",
                device.reason());
    }

    private void model(ModelOptions model) {
        try {
            Checkpoint checkpoint = model.checkpoint();
            ModelConfig config = checkpoint.config();
            found(
                    "Model",
                    "%s, fingerprint %s: %d wide, %d layers, vocabulary %,d",
                    checkpoint.name(),
                    checkpoint.fingerprint(),
                    config.dModel(),
                    config.layers(),
                    config.vocabSize());
            boolean onCpu;
            try (MambaModel loaded = MambaModel.load(checkpoint, options)) {
                run(loaded, model);
                onCpu = isCpu(loaded.engine());
            }
            if (!onCpu) {
                compare(checkpoint);
            }
        } catch (RuntimeException e) {
            findings.add(new Finding("Model", false, Failures.sentence(e)));
        }
    }

    private void compare(Checkpoint checkpoint) {
        comparison = EngineBench.compare(checkpoint, options, COMPARISON);
        boolean right = comparison.largestError() < LARGEST_ERROR; // false for NaN too
        String detail = String.format(
                Locale.ROOT,
                "largest difference of a hidden state from the CPU's %.1e (below %.0e is right); %,.0f tokens/s, the CPU"
                        + " with %d %s %,.0f",
                comparison.largestError(),
                LARGEST_ERROR,
                comparison.tokensPerSecond(),
                options.threads(),
                options.threads() == 1 ? "thread" : "threads",
                comparison.cpuTokensPerSecond());
        findings.add(new Finding("Beside CPU", right, detail));
    }

    private void run(MambaModel model, ModelOptions options) {
        EngineDescription engine = model.engine();
        found("Runs on", "%s, kernels %s: %s", engine.device(), engine.kernels(), engine.reason());
        found(
                "Memory",
                "weights %,d MiB once an executor, workspace %,d MiB for %s; not more for a longer document",
                toMiB(engine.weightBytes()),
                toMiB(engine.workspaceBytes()),
                isCpu(engine) ? "each task that runs at a time" : "all its tasks, and both in its heap too");
        if (options.isBuiltIn()) {
            SelfTest.Verdict verdict = SelfTest.of(model);
            findings.add(new Finding("Self-test", verdict.passed(), verdict.detail()));
        } else {
            SelfTest.Verdict verdict = SelfTest.withoutReference(model);
            String detail = verdict.passed()
                    ? "skipped: there are reference vectors of the built-in model only"
                    : verdict.detail();
            findings.add(new Finding("Self-test", verdict.passed(), detail));
        }
    }

    private static boolean isCpu(EngineDescription engine) {
        return engine.device().equals("cpu");
    }

    private void found(String name, String detail, Object... values) {
        findings.add(new Finding(name, true, String.format(Locale.ROOT, detail, values)));
    }

    /** Rounded up, so that little is not nothing. */
    private static long toMiB(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

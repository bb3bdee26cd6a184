package io.mambaspark.jobs;

import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.Engines;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.reading.MambaModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.package$;
import scala.util.Properties;

/** Looks at what a model needs on this machine, from the ground up, and goes on past what is wrong. */
final class Diagnosis {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis() {}

    /**
     * One thing that was looked at.
     *
     * @param name   what
     * @param usable false if no model can run because of it
     * @param detail what was found, and what to do if it is wrong
     */
    record Finding(String name, boolean usable, String detail) {}

    /** Looks at everything, for a model that runs as {@code options} say. */
    static List<Finding> of(ModelOptions model, EngineOptions options) {
        Diagnosis diagnosis = new Diagnosis();
        diagnosis.java();
        diagnosis.spark();
        diagnosis.vectorApi();
        diagnosis.engines();
        diagnosis.model(model, options);
        return diagnosis.findings;
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

    private void engines() {
        for (EngineProvider provider : Engines.providers()) {
            EngineProvider.Availability availability =
                    provider.availability(EngineOptions.defaults().withDevice(provider.device()));
            found(
                    "Engine " + provider.device(),
                    "%s: %s",
                    availability.available() ? "available" : "not available",
                    availability.reason());
        }
    }

    private void model(ModelOptions options, EngineOptions engine) {
        try {
            Checkpoint checkpoint = options.checkpoint();
            ModelConfig config = checkpoint.config();
            found(
                    "Model",
                    "%s, fingerprint %s: %d wide, %d layers, vocabulary %,d",
                    checkpoint.name(),
                    checkpoint.fingerprint(),
                    config.dModel(),
                    config.layers(),
                    config.vocabSize());
            try (MambaModel model = MambaModel.load(checkpoint, engine)) {
                run(model, options);
            }
        } catch (RuntimeException e) {
            findings.add(new Finding("Model", false, Failures.sentence(e)));
        }
    }

    private void run(MambaModel model, ModelOptions options) {
        EngineDescription engine = model.engine();
        found("Runs on", "%s, kernels %s: %s", engine.device(), engine.kernels(), engine.reason());
        found(
                "Memory",
                "weights %,d MiB once an executor, workspace %,d MiB for each task that runs at a time; not more for a"
                        + " longer document",
                toMiB(engine.weightBytes()),
                toMiB(engine.workspaceBytes()));
        if (options.isBuiltIn()) {
            SelfTest.Verdict verdict = SelfTest.of(model);
            findings.add(new Finding("Self-test", verdict.passed(), verdict.detail()));
        } else {
            found("Self-test", "skipped: there are reference vectors of the built-in model only");
        }
    }

    private void found(String name, String detail, Object... values) {
        findings.add(new Finding(name, true, String.format(Locale.ROOT, detail, values)));
    }

    /** Rounded up, so that little is not nothing. */
    private static long toMiB(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

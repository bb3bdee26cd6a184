package io.mambaspark.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.DeviceReport;
import io.mambaspark.engine.EngineBench;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        customSynopsis = "mamba-spark doctor [--model=PATH] [--device=DEVICE] [--json]",
        sortOptions = false,
        footer = "",
        header = "Tell whether and how a model runs on this machine.",
        description =
                "%nLooks at Java, Spark, the Vector API, devices, the model and its memory, and computes reference"
                        + " vectors; where not on a CPU, compares results and speed with it. Ends with exit code 0 when the"
                        + " model is usable here.%n")
final class DoctorCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 12;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Mixin
    private ModelOptions model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Diagnosis diagnosis = Diagnosis.of(model, model.engine());
        List<Diagnosis.Finding> findings = diagnosis.findings();
        boolean usable = findings.stream().allMatch(Diagnosis.Finding::usable);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("usable", usable);
            report.put("findings", findings);
            report.put(
                    "devices",
                    diagnosis.devices().stream().map(DoctorCommand::fields).toList());
            diagnosis.comparison().ifPresent(comparison -> report.put("comparison", fields(comparison)));
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        } else {
            findings.forEach(finding -> out.println(line(finding)));
            out.println(usable ? "Usable." : "Not usable: see the lines marked with !");
        }
        out.flush();
        return usable ? 0 : 1;
    }

    private static Map<String, Object> fields(DeviceReport device) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", device.name());
        fields.put("kind", device.kind());
        fields.put("platform", device.platform());
        fields.put("driver", device.driver());
        fields.put("memory_bytes", device.memoryBytes());
        fields.put("chosen", device.chosen());
        fields.put("reason", device.reason());
        return fields;
    }

    private static Map<String, Object> fields(EngineBench.Comparison comparison) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("largest_error", comparison.largestError());
        fields.put("tokens_per_second", comparison.tokensPerSecond());
        fields.put("cpu_tokens_per_second", comparison.cpuTokensPerSecond());
        return fields;
    }

    private static String line(Diagnosis.Finding finding) {
        String name = finding.name()
                + " ".repeat(Math.max(0, NAME_WIDTH - finding.name().length()));
        return (finding.usable() ? "  " : "! ") + name + " " + finding.detail();
    }
}

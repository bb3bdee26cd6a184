package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Queries;

/** The bundle on an OpenCL device that is a CPU: what a GPU would do, slowly. */
@Tag("opencl")
class OpenClIT {
    private static final String DEVICE = "opencl:pocl";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private SparkSubmit onTwoExecutors() {
        return SparkSubmit.onMavenJars(folder).master("local-cluster[2,1,1024]").conf("spark.executor.memory", "1g");
    }

    @Test
    void theDoctorTellsOfTheDeviceAndComparesItWithTheCpu() throws IOException {
        SparkSubmit submit = SparkSubmit.onMavenJars(folder).master("local[1]");
        JsonNode report = JSON.readTree(
                submit.run("doctor", "--device", DEVICE, "--json").exitsWith(0).out());
        JsonNode device = report.get("devices").get(0);
        assertThat(device.get("chosen").asBoolean()).isTrue();
        assertThat(device.get("kind").asText()).isEqualTo("CPU");
        assertThat(device.get("platform").asText()).isEqualTo("Portable Computing Language");
        assertThat(device.get("memory_bytes").asLong()).isGreaterThan(1L << 28);
        assertThat(device.get("reason").asText()).isEqualTo("asked for by the name 'pocl'");
        JsonNode comparison = report.get("comparison");
        assertThat(comparison.get("largest_error").asDouble()).isBetween(0.0, 1e-3);
        assertThat(comparison.get("tokens_per_second").asDouble()).isPositive();
        assertThat(comparison.get("cpu_tokens_per_second").asDouble()).isPositive();
    }

    @Test
    void autoDoesNotTakeACpuForAGpu() throws IOException {
        SparkSubmit submit = SparkSubmit.onMavenJars(folder).master("local[1]");
        JsonNode report =
                JSON.readTree(submit.run("doctor", "--json").exitsWith(0).out());
        assertThat(report.get("devices"))
                .isNotEmpty()
                .allSatisfy(
                        device -> assertThat(device.get("chosen").asBoolean()).isFalse());
        assertThat(report.get("devices").get(0).get("reason").asText())
                .isEqualTo("not a GPU: it reads only if named, as in device=opencl:NAME");
        assertThat(report.has("comparison")).isFalse();
    }

    @Test
    void aJobSummarizesAsOnTheCpu() throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("alice.txt"), Shelf.alice());
        Files.writeString(documents.resolve("machine.txt"), Shelf.machine());
        List<JsonNode> expected = summaries(documents, "cpu");
        List<JsonNode> actual = summaries(documents, DEVICE);
        for (int i = 0; i < 2; i++) {
            assertThat(actual.get(i).get("error").isNull()).isTrue();
            assertThat(actual.get(i).get("device").asText()).isNotEqualTo("cpu");
            assertThat(actual.get(i).get("summary")).isEqualTo(expected.get(i).get("summary"));
            assertThat(actual.get(i).get("tokens_read"))
                    .isEqualTo(expected.get(i).get("tokens_read"));
        }
    }

    private List<JsonNode> summaries(Path documents, String device) throws IOException {
        Path output = folder.resolve("on-" + device.replace(':', '-'));
        onTwoExecutors()
                .run(
                        "summarize",
                        "--device",
                        device,
                        "--input",
                        documents.toString(),
                        "--output",
                        output.toString(),
                        "--output-format",
                        "json")
                .exitsWith(0);
        List<JsonNode> rows = Output.json(output);
        assertThat(rows).hasSize(2);
        return rows;
    }

    @Test
    void sqlFindsThePassagesThatTheCpuFinds() throws IOException {
        TestProgram program = TestProgram.of(Queries.class, folder);
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("1.txt"), Shelf.alice());
        Files.writeString(documents.resolve("2.txt"), Shelf.machine());
        String view =
                "CREATE TEMPORARY VIEW documents AS SELECT substring(path, -5, 1) AS id, CAST(content AS STRING) AS"
                        + " value FROM binaryFile.`" + documents + "`";
        String query =
                "SELECT id, mamba_retrieve(value, 'What did Alice fall into?', 3) AS hits FROM documents ORDER BY id";
        JsonNode expected = rows(onTwoExecutors().conf("spark.mamba.device", "cpu"), program, view, query);
        JsonNode actual = rows(onTwoExecutors().conf("spark.mamba.device", DEVICE), program, view, query);
        for (int document = 0; document < 2; document++) {
            for (int hit = 0; hit < 3; hit++) {
                JsonNode found = actual.get(document).get("hits").get(hit);
                JsonNode wanted = expected.get(document).get("hits").get(hit);
                assertThat(found.get("passage")).isEqualTo(wanted.get("passage"));
                assertThat(found.get("score").asDouble())
                        .isEqualTo(wanted.get("score").asDouble(), offset(1e-3));
            }
        }
    }

    private static JsonNode rows(SparkSubmit submit, TestProgram program, String... queries) throws IOException {
        String out = submit.withBundle().run(program, queries).exitsWith(0).out();
        List<String> rows =
                out.lines().filter(line -> line.startsWith("{\"id\"")).toList();
        assertThat(rows).hasSize(2);
        return JSON.readTree(rows.toString());
    }
}

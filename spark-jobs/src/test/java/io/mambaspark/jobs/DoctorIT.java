package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} and {@code bench} tell on a machine without OpenCL, through the jar that ships. */
class DoctorIT {
    @TempDir
    private Path folder;

    private SparkSubmit withoutOpenCl() throws IOException {
        Path nothing = Files.createDirectories(folder.resolve("vendors"));
        return SparkSubmit.onMavenJars(folder).master("local[1]").environment("OCL_ICD_VENDORS", nothing.toString());
    }

    private static JsonNode json(Programs.Result run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void readsOnTheCpuAndSaysWhyOnNothingElse() throws IOException {
        Programs.Result run = withoutOpenCl()
                .conf("spark.executor.resource.gpu.amount", "1")
                .run("doctor")
                .exitsWith(0);
        assertThat(run.out().lines())
                .anyMatch(line ->
                        line.startsWith("  Resources ") && line.contains("spark.executor.resource.gpu.amount=1"))
                .anyMatch(line -> line.startsWith("  Engine gpu ")
                        && line.contains(
                                "not available: no OpenCL driver is registered in " + folder.resolve("vendors")))
                .anyMatch(line -> line.startsWith("  Runs on ") && line.contains(" cpu, kernels vector-"))
                .anyMatch(line -> line.startsWith("  Self-test ") && line.contains("smallest cosine"))
                .contains("Usable.");
    }

    @Tag("thorough")
    @Test
    void aDriverThatIsRegisteredButNotThereIsToldApart() throws IOException {
        SparkSubmit submit = withoutOpenCl();
        Files.writeString(folder.resolve("vendors/card.icd"), "libno-such-driver.so.1");
        assertThat(submit.run("doctor").exitsWith(0).out().lines())
                .anyMatch(line -> line.startsWith("  Engine gpu ") && line.contains("not available: "));
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        JsonNode report = json(withoutOpenCl().run("doctor", "--json").exitsWith(0));
        assertThat(report.get("usable").asBoolean()).isTrue();
        assertThat(report.get("devices")).isEmpty();
        assertThat(report.has("comparison")).isFalse();
        assertThat(report.get("findings"))
                .extracting(finding -> finding.get("name").asText())
                .contains("Java", "Spark", "Resources", "Engine gpu", "Engine cpu", "Runs on", "Memory", "Self-test");
    }

    @Test
    void aGpuThatWasAskedForAndIsNotThereIsWhatIsWrong() throws IOException {
        Programs.Result run = withoutOpenCl().run("doctor", "--device", "gpu").exitsWith(1);
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("! Model ") && line.contains("[MAMBA_DEVICE_UNAVAILABLE]"))
                .contains("Not usable: see the lines marked with !");
    }

    @Tag("thorough")
    @Test
    void benchMeasuresEachBlockSize() throws IOException {
        JsonNode rows = json(withoutOpenCl()
                        .run("bench", "--json", "--threads", "1", "--block-tokens", "64,128", "--seconds", "1")
                        .exitsWith(0))
                .get("rows");
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("threads").asInt()).isEqualTo(1);
            assertThat(row.get("tokens_per_second").asDouble()).isPositive();
            assertThat(row.get("gemm_gflops").asDouble()).isPositive();
            assertThat(row.get("share_of_gemm_bound").asDouble()).isBetween(0.0, 2.0);
        });
        assertThat(rows).extracting(row -> row.get("block_tokens").asInt()).containsExactly(64, 128);
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark discovers GPUs by the script that ships, and tasks read on the one that they were given. */
@Tag("thorough")
class GpuResourcesIT {
    /** No machine has so many, and no other run left it in its logs. */
    private static final String ADDRESS =
            Long.toString(100_000 + ProcessHandle.current().pid());

    @TempDir
    private Path folder;

    @Test
    void theAddressOfATaskReachesTheEngine() throws IOException {
        Path text = folder.resolve("alice.txt");
        Files.writeString(text, Shelf.alice());
        SparkSubmit.onMavenJars(folder)
                .master("local-cluster[1,1,1024]")
                .conf("spark.executor.memory", "1g")
                .conf("spark.worker.resource.gpu.amount", "1")
                .conf(
                        "spark.worker.resource.gpu.discoveryScript",
                        FakeGpus.discovery(folder, ADDRESS).toString())
                .conf("spark.executor.resource.gpu.amount", "1")
                .conf("spark.task.resource.gpu.amount", "1")
                .conf("spark.mamba.explain", "true")
                .conf("spark.mamba.gpu.heapFraction", "0.3")
                .run("summarize", "--input", text.toString())
                .exitsWith(0);
        String log = logWith("gpu.address=" + ADDRESS);
        assertThat(log).contains("Where to read with device=auto {").contains("gpu.heapFraction=0.3");
        assertThat(log.lines())
                .anyMatch(line -> line.contains("- gpu: cannot read: "))
                .anyMatch(line -> line.contains("- cpu: could read: "));
    }

    /** Of the executors, whose logs local-cluster leaves in its home. */
    private static String logWith(String words) throws IOException {
        Path work = Path.of(System.getProperty("spark.home"), "work");
        try (Stream<Path> files = Files.walk(work)) {
            List<Path> logs = files.filter(file -> file.endsWith("stderr")).toList();
            for (Path log : logs) {
                String content = Files.readString(log);
                if (content.contains(words)) {
                    return content;
                }
            }
            throw new AssertionError("no log of " + logs + " has " + words);
        }
    }
}

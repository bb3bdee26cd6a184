package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is killed while it writes: the old rows stay, and the next job cleans up. {@link JobOutputTest} has every moment. */
@Tag("thorough")
class OutputDeathIT {
    @TempDir
    private Path folder;

    @Test
    void aKilledJobLeavesTheOldOutputAndTheNextOneReplacesIt() throws Exception {
        write("old", 1);
        embed().await().exitsWith(0);
        String old = Output.text(folder.resolve("out"));
        // Many rows, so that writing them takes a while.
        write("new", 100);
        Programs.Running killed = embed();
        while (leftovers().isEmpty() || !hasStarted(leftovers().get(0))) {
            assertThat(killed.process().isAlive()).as("writes at some time").isTrue();
            Thread.sleep(1);
        }
        killed.kill();
        assertThat(leftovers()).as("killed before the end").hasSize(1);
        assertThat(Output.text(folder.resolve("out"))).isEqualTo(old);

        embed().await().exitsWith(0);
        assertThat(leftovers()).isEmpty();
        List<JsonNode> rows = Output.json(folder.resolve("out"));
        assertThat(rows).hasSize(101);
        assertThat(rows).allMatch(row -> row.get("error").isNull());
    }

    private void write(String name, int documents) throws IOException {
        Path docs = Files.createDirectories(folder.resolve("docs"));
        for (int i = 0; i < documents; i++) {
            Files.writeString(
                    docs.resolve(name + "-" + i + ".txt"), "Document " + i + " is about the " + name + " king.");
        }
    }

    private Programs.Running embed() {
        return SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .start("embed", "--input", "docs", "--output", "out", "--output-format", "json", "--overwrite");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(".out."))
                    .toList();
        }
    }

    private static boolean hasStarted(Path leftover) {
        return Files.exists(leftover.resolve("_temporary"));
    }
}

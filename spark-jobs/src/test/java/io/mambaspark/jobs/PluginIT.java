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
import program.Queries;

/** The plugin of an executor in a process of its own, and its metrics in a sink of Spark's. */
@Tag("thorough")
class PluginIT {
    private static final String SINK = "spark.metrics.conf.*.sink.csv.";

    @TempDir
    private Path folder;

    @Test
    void anExecutorLoadsTheModelAndShowsWhatItReads() throws IOException {
        Path metrics = Files.createDirectories(folder.resolve("metrics"));
        Programs.Result run = SparkSubmit.onMavenJars(folder)
                .master("local-cluster[1,1,1024]")
                .conf("spark.executor.memory", "1g")
                .conf("spark.plugins", "io.mambaspark.sql.MambaPlugin")
                .conf(SINK + "class", "org.apache.spark.metrics.sink.CsvSink")
                .conf(SINK + "directory", metrics.toString())
                .conf(SINK + "period", "1")
                .withBundle()
                .run(
                        TestProgram.of(Queries.class, folder),
                        "SELECT count(mamba_embed(concat('The cat slept ', id))) AS read FROM range(0, 100, 1, 4)")
                .exitsWith(0);
        assertThat(run.out()).contains("{\"read\":100}");
        assertThat(last(metrics, "documents")).isGreaterThanOrEqualTo(100);
        assertThat(last(metrics, "tokens")).isGreaterThanOrEqualTo(400);
        assertThat(last(metrics, "deviceBytes")).isGreaterThan(80_000_000L);
        assertThat(last(metrics, "errors")).isZero();
        assertThat(last(metrics, "queue")).isZero();
    }

    /** The value that the executor reported last: in the second column, behind the time. */
    private static long last(Path metrics, String name) throws IOException {
        try (Stream<Path> files = Files.list(metrics)) {
            List<Path> ofExecutor = files.filter(file -> file.getFileName()
                            .toString()
                            .endsWith(".0.plugin.io.mambaspark.sql.MambaPlugin." + name + ".csv"))
                    .toList();
            assertThat(ofExecutor).as(name).hasSize(1);
            List<String> lines = Files.readAllLines(ofExecutor.get(0));
            return Long.parseLong(lines.get(lines.size() - 1).split(",", -1)[1]);
        }
    }
}

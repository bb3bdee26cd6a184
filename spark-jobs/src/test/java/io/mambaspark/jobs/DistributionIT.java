package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same jar by {@code bin/spark-submit} of real Spark distributions. */
@Tag("distribution")
class DistributionIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void summarizesOnTwoExecutors(SparkHome home) throws IOException {
        Path output = folder.resolve("summaries");
        Programs.Result run = SparkSubmit.onDistribution(home, folder)
                .master("local-cluster[2,1,1024]")
                .run(
                        "summarize",
                        "--input",
                        Shelf.fill(folder.resolve("documents")).toString(),
                        "--format",
                        "text",
                        "--output",
                        output.toString(),
                        "--output-format",
                        "json")
                .exitsWith(0);
        assertThat(run.err()).contains("Read 8 documents,");
        assertThat(Output.json(output))
                .hasSize(8)
                .first()
                .satisfies(row -> assertThat(row.get("summary").asText()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource(SparkHome.FIRST)
    void retrievesFromParquetIntoCsv(SparkHome home) throws IOException {
        Path text = folder.resolve("alice.txt");
        Files.writeString(text, Shelf.alice());
        Path vectors = folder.resolve("vectors");
        SparkSubmit.onDistribution(home, folder)
                .master("local[2]")
                .run("embed", "--input", text.toString(), "--output", vectors.toString())
                .exitsWith(0);
        Path answers = folder.resolve("answers");
        SparkSubmit.onDistribution(home, folder)
                .master("local[2]")
                .run(
                        "retrieve",
                        "--input",
                        vectors.toString(),
                        "--id-column",
                        "passage",
                        "--query",
                        "Alice",
                        "--output",
                        answers.toString(),
                        "--output-format",
                        "csv")
                .exitsWith(0);
        assertThat(Output.text(answers).lines().findFirst()).hasValue("id,query,rank,score,start,end,text,error");
    }
}

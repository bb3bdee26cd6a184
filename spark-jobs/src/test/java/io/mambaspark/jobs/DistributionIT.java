package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.SummaryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same jar by {@code bin/spark-submit} of real Spark distributions. */
@Tag("distribution")
class DistributionIT {
    private static final Path FIXTURES = Path.of("../mamba-runtime/src/test/resources/io/mambaspark/task/selection");

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

    /** Distributions bring different versions of ICU, which sentences, words and terms depend on. */
    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void textsOfAllFormsAreReadAsThisBuildReadsThem(SparkHome home) throws IOException {
        Path texts = Files.createDirectories(folder.resolve("texts"));
        Map<String, String> expected = new TreeMap<>();
        try (MambaModel model = MambaModel.load(
                        Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
                Stream<Path> fixtures = Files.list(FIXTURES)) {
            Summarizer summarizer = new Summarizer(model, 30, null, SummaryFormat.BULLETS);
            for (Path fixture : (Iterable<Path>) fixtures::iterator) {
                String id = fixture.getFileName() + ".txt";
                String text = new ObjectMapper()
                        .readTree(fixture.toFile())
                        .get("text")
                        .asText();
                Files.writeString(texts.resolve(id), text);
                expected.put(
                        id,
                        summarizer
                                .summarize(List.of(Document.of(id, text)).iterator())
                                .next()
                                .value()
                                .text());
            }
        }
        Path output = folder.resolve("summaries");
        SparkSubmit.onDistribution(home, folder)
                .master("local[2]")
                .run(
                        "summarize",
                        "--input",
                        texts.toString(),
                        "--max-words",
                        "30",
                        "--summary-format",
                        "bullets",
                        "--device",
                        "cpu",
                        "--output",
                        output.toString(),
                        "--output-format",
                        "json")
                .exitsWith(0);
        Map<String, String> found = new TreeMap<>();
        Output.json(output)
                .forEach(row ->
                        found.put(row.get("id").asText(), row.get("summary").asText()));
        assertThat(found).hasSize(13).isEqualTo(expected);
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
        assertThat(Output.text(answers).lines().findFirst())
                .hasValue("id,query,rank,score,start,end,text,relevance,section,error");
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of good and bad documents through {@code summarize}, in one process and on clusters. */
class SummarizeIT {
    private static final int DOCUMENTS = 8;
    private static final int WORDS = 60;

    @TempDir
    private static Path folder;

    private static Path documents;
    private static Path local;
    private static Programs.Result run;

    @BeforeAll
    static void summarizeLocally() throws IOException {
        documents = Shelf.fill(folder.resolve("documents"));
        local = folder.resolve("local");
        run = summarize(SparkSubmit.onMavenJars(folder).master("local[2]"), local)
                .exitsWith(0);
    }

    @Test
    void givesEachDocumentARowInTheOrderOfIds() throws IOException {
        assertThat(Output.json(local))
                .extracting(row -> row.get("id").asText())
                .containsExactly(
                        "alice.txt",
                        "bom.txt",
                        "broken.txt.gz",
                        "emoji.txt",
                        "empty.txt",
                        "latin1.txt",
                        "machine.txt",
                        "nested/alice.txt.gz");
    }

    @Test
    void readsTheSameTextHoweverItIsStored() throws IOException {
        List<JsonNode> rows = Output.json(local);
        JsonNode alice = rows.get(0);
        assertThat(alice.get("error").isNull()).isTrue();
        assertThat(alice.get("summary").asText()).isNotBlank();
        assertThat(alice.get("summary").asText().split("\\s+").length).isLessThanOrEqualTo(WORDS);
        assertThat(alice.get("tokens_read").asLong()).isGreaterThan(1_000);
        assertThat(alice.get("device").asText()).isEqualTo("cpu");
        for (int same : new int[] {1, 7}) {
            assertThat(rows.get(same).get("summary")).isEqualTo(alice.get("summary"));
            assertThat(rows.get(same).get("sentences")).isEqualTo(alice.get("sentences"));
        }
    }

    @Test
    void countsCodePoints() throws IOException {
        int[] text =
                Files.readString(documents.resolve("emoji.txt")).codePoints().toArray();
        JsonNode sentences = Output.json(local).get(3).get("sentences");
        assertThat(sentences).isNotEmpty().allSatisfy(sentence -> {
            int start = sentence.get("start").asInt();
            int end = sentence.get("end").asInt();
            assertThat(new String(text, start, end - start))
                    .isEqualTo(sentence.get("text").asText());
        });
    }

    @Test
    void tellsABadDocumentInItsRowAndGoesOn() throws IOException {
        JsonNode broken = Output.json(local).get(2);
        assertThat(broken.get("error").asText())
                .startsWith("[MAMBA_DOCUMENT_UNREADABLE]")
                .contains("broken.txt.gz");
        assertThat(broken.get("summary").isNull()).isTrue();
        JsonNode empty = Output.json(local).get(4);
        assertThat(empty.get("summary").asText()).isEmpty();
        assertThat(empty.get("error").isNull()).isTrue();
        assertThat(run.err())
                .contains("1 document failed")
                .contains("1 document was not valid in its encoding: 1 byte sequences replaced")
                .doesNotContain("\tat ");
    }

    /** A second evaluation, as by a sort that samples its input, would count each document twice. */
    @Test
    void readsEachDocumentOnceWithOneModel() {
        assertThat(run.err()).contains("Read " + DOCUMENTS + " documents,").contains("model loaded by 1 executor.");
    }

    @Tag("thorough")
    @Test
    void writesTheSameBytesOnOneCoreAndFailsIfTold() throws IOException {
        Path other = folder.resolve("one-core");
        Files.createDirectories(other);
        SparkSubmit submit = SparkSubmit.onMavenJars(folder).master("local[1]");
        summarize(submit, other, "--partitions", "1", "--overwrite", "--fail-on-error")
                .exitsWith(1);
        assertThat(Output.withoutSeconds(other)).isEqualTo(Output.withoutSeconds(local));
    }

    /** Two executor JVMs, everything that travels registered with Kryo, more tasks than executors. */
    @Tag("thorough")
    @Test
    void writesTheSameBytesOnExecutorsThatLoadTheModelOnceEach() throws IOException {
        Path other = folder.resolve("local-cluster");
        SparkSubmit submit = SparkSubmit.onMavenJars(folder)
                .master("local-cluster[2,1,1024]")
                .conf("spark.executor.memory", "1g")
                .conf("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .conf("spark.kryo.registrationRequired", "true")
                // Tasks wait for both executors: with one, the other's model would be missing from the count.
                .conf("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .conf("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s");
        Programs.Result cluster = summarize(submit, other, "--partitions", "8").exitsWith(0);
        assertThat(Output.withoutSeconds(other)).isEqualTo(Output.withoutSeconds(local));
        assertThat(cluster.err())
                .contains("Read " + DOCUMENTS + " documents,")
                .contains("model loaded by 2 executors.");
    }

    @Tag("thorough")
    @Test
    void writesTheSameBytesOnAStandaloneCluster() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("standalone-logs"));
        Path other = folder.resolve("standalone");
        try (StandaloneCluster cluster = StandaloneCluster.start(logs, 2)) {
            SparkSubmit submit =
                    SparkSubmit.onMavenJars(folder).master(cluster.master()).conf("spark.executor.memory", "1g");
            Programs.Result result =
                    summarize(submit, other, "--partitions", "4").exitsWith(0);
            assertThat(result.err()).contains("model loaded by 1 executor.");
        }
        assertThat(Output.withoutSeconds(other)).isEqualTo(Output.withoutSeconds(local));
    }

    private static Programs.Result summarize(SparkSubmit submit, Path output, String... more) {
        return submit.run(concat(
                List.of(
                        "summarize",
                        "--input",
                        documents.toString(),
                        "--format",
                        "text",
                        "--max-words",
                        Integer.toString(WORDS),
                        "--output",
                        output.toString(),
                        "--output-format",
                        "json"),
                List.of(more)));
    }

    private static String[] concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toArray(String[]::new);
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions over several documents, through whole jobs. */
class RelevanceJobTest {
    private static final String OF_ALICE = "Why did the Rabbit look at its watch?";
    private static final String OF_NEITHER = "Which interest rate did the central bank of Chile choose?";

    @TempDir
    private Path folder;

    private Path documents;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    @BeforeEach
    void fill() throws IOException {
        documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("alice.txt"), Shelf.alice());
        Files.writeString(documents.resolve("a machine.txt"), Shelf.machine());
        Files.write(documents.resolve("a picture.txt"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 0});
    }

    @Test
    void rowsOfAllDocumentsAreInTheOrderOfTheirRelevance() throws IOException {
        List<JsonNode> rows = retrieve("--query", OF_NEITHER, "--query", OF_ALICE);
        assertThat(rows.stream()
                        .filter(row -> row.get("error").isNull())
                        .map(row -> row.get("query").asText()))
                .startsWith(OF_NEITHER)
                .endsWith(OF_ALICE);
        List<JsonNode> ofAlice = answering(rows, OF_ALICE);
        assertThat(ofAlice.get(0).get("id").asText()).isEqualTo("alice.txt");
        assertThat(ofAlice.get(0).get("text").asText()).contains("took a watch out of its waistcoat-pocket");
        assertThat(ofAlice.get(0).get("relevance").floatValue()).isBetween(0.5f, 1f);
        assertThat(ofAlice)
                .extracting(row -> row.get("relevance").floatValue())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(rows.get(rows.size() - 1).get("error").asText()).contains("MAMBA_DOCUMENT_NOT_TEXT");
    }

    @Test
    void passagesBelowTheLeastRelevanceAreLeftOut() throws IOException {
        assertThat(answering(retrieve("--query", OF_NEITHER), OF_NEITHER)).isNotEmpty();
        List<JsonNode> rows = retrieve("--query", OF_NEITHER, "--query", OF_ALICE, "--min-relevance", "0.5");
        assertThat(answering(rows, OF_NEITHER)).isEmpty();
        assertThat(answering(rows, OF_ALICE))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("relevance").floatValue()).isGreaterThanOrEqualTo(0.5f));
    }

    @Test
    void theListingSaysWhenNothingAnswers() {
        String listing = listing("retrieve", "--query", OF_ALICE, "--query", OF_NEITHER);
        assertThat(listing).containsSubsequence(OF_ALICE, "1. alice.txt [", "relevance", OF_NEITHER, "Nothing found");
        assertThat(listing("retrieve", "--query", OF_NEITHER, "--min-relevance", "0"))
                .contains("1. ")
                .doesNotContain("Nothing found");
    }

    @Test
    void oneReadingGivesASummaryAndWhatAnswers() throws IOException {
        List<JsonNode> retrieved = answering(retrieve("--query", OF_ALICE, "--top-k", "2"), OF_ALICE);
        List<JsonNode> rows = rows("summarize", "--retrieve", OF_ALICE, "--top-k", "2");
        assertThat(rows).hasSize(3);
        List<String> passages = rows.stream()
                .flatMap(row -> Stream.of(row.get("passages")).flatMap(each -> list(each).stream()))
                .map(hit -> hit.get("text").asText())
                .toList();
        assertThat(passages)
                .containsExactlyInAnyOrderElementsOf(
                        retrieved.stream().map(row -> row.get("text").asText()).toList());
        assertThat(listing("summarize", "--max-words", "50", "--retrieve", OF_ALICE))
                .containsSubsequence("a machine.txt", "alice.txt", OF_ALICE, "1. alice.txt [");
    }

    @Test
    void aSummaryIsPrintedAsAsked() throws IOException {
        JsonNode text = rows("summarize", "--max-words", "150").get(2);
        JsonNode bullets = rows("summarize", "--max-words", "150", "--summary-format", "bullets")
                .get(2);
        assertThat(text.get("id").asText()).isEqualTo("alice.txt");
        assertThat(text.get("summary").asText()).doesNotContain("\n");
        assertThat(Main.run("summarize", "--input", documents.toString(), "--summary-format", "html"))
                .isEqualTo(2);
        assertThat(bullets.get("summary").asText().lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.startsWith("- "));
        assertThat(list(text.get("sentences")))
                .extracting(sentence -> sentence.get("section").asText())
                .contains("I \u2013 Down the Rabbit-Hole");
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.isNull()
                ? List.of()
                : Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                        .map(array::get)
                        .toList();
    }

    private static List<JsonNode> answering(List<JsonNode> rows, String query) {
        return rows.stream()
                .filter(row -> row.get("query").asText().equals(query))
                .toList();
    }

    private List<JsonNode> retrieve(String... more) throws IOException {
        return rows("retrieve", more);
    }

    private List<JsonNode> rows(String command, String... more) throws IOException {
        Path output = Files.createTempDirectory(folder, "rows").resolve("output");
        List<String> arguments = Stream.concat(
                        Stream.of(more), Stream.of("--output", output.toString(), "--output-format", "json"))
                .toList();
        listing(command, arguments.toArray(new String[0]));
        return Output.json(output);
    }

    private String listing(String command, String... more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(Stream.of(command, "--input", documents.toString()), Stream.of(more))
                    .toArray(String[]::new);
            assertThat(Main.run(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

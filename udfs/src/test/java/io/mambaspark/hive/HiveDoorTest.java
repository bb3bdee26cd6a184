package io.mambaspark.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that are declared as Hive has it give what ours give; in a process of its own, for Hive's catalog. */
@Tag("thorough")
class HiveDoorTest {
    private static final List<String> CLASSES = List.of(
            "Summarize",
            "SummarizeDetail",
            "Retrieve",
            "Passages",
            "Embed",
            "EmbedQuery",
            "Similarity",
            "TokenCount",
            "Perplexity");

    private static final List<String> CALLS = List.of(
            "Summarize(t)",
            "Summarize(t, 10)",
            "Summarize(t, 10, 'a sleeping animal')",
            "SummarizeDetail(t, 10)",
            "Retrieve(t, 'the fire')",
            "Retrieve(t, 'the fire', 1)",
            "Passages(t)",
            "Embed(t)",
            "EmbedQuery(t)",
            "Similarity(t, 'the fire')",
            "Similarity(array(1F, 2F), array(2F, 1F))",
            "TokenCount(t)",
            "Perplexity(t)");

    private static final String TEXTS =
            " FROM VALUES (1, 'The fire of London burned for four days in 1666. The cat slept.'),"
                    + " (2, NULL), (3, ' '), (4, '🐇 ran. A second sentence follows it.') AS texts(id, t) ORDER BY id";

    @TempDir
    private Path folder;

    @Test
    void giveWhatOursGive() throws Exception {
        List<String> queries = new ArrayList<>();
        for (String name : CLASSES) {
            queries.add("CREATE FUNCTION hive" + name + " AS 'io.mambaspark.hive.Mamba" + name + "'");
        }
        queries.add("SELECT " + CALLS.stream().map(HiveDoorTest::difference).collect(Collectors.joining(", ")) + TEXTS);
        queries.add("SELECT hiveSummarize('a', -1)");
        queries.add("SELECT hiveSummarize()");
        List<String> lines = run(queries);
        String noDifference = String.join(" ", Collections.nCopies(CALLS.size(), "same"));
        assertThat(lines).startsWith(noDifference, noDifference, noDifference, noDifference);
        assertThat(lines)
                .anyMatch(line -> line.contains("[MAMBA_MAX_WORDS_INVALID]"))
                .anyMatch(line -> line.contains(
                        "mamba_summarize(text [, max_words [, query [, format]]]) cannot be called with 0 arguments"));
    }

    private static String difference(String call) {
        String ours = "mamba_"
                + call.substring(0, call.indexOf('('))
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toLowerCase(Locale.ROOT)
                + call.substring(call.indexOf('('));
        String theirs = "hive" + call;
        return "CASE WHEN " + theirs + " <=> " + ours + " THEN 'same' ELSE concat(to_json(struct(" + theirs
                + ")), ' is not ', to_json(struct(" + ours + "))) END";
    }

    private List<String> run(List<String> queries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add(HiveSession.class.getName());
        command.addAll(queries);
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out.lines().toList();
    }
}

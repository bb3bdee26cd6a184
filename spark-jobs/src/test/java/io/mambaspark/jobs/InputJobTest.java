package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Folders as they are, with files of all kinds and names, through whole jobs. */
class InputJobTest {
    private static final String TEXT = "The committee met on Monday. It decided nothing.";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private String err;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    /** A glob, a URI or a malformed glob each. */
    @Test
    void aFileIsReadWhateverItsName() throws IOException {
        for (String name : new String[] {"report[1].txt", "12:00 notes.txt", "100%.txt", "{a,b}.txt", "open[1.txt"}) {
            Path file = Files.writeString(folder.resolve(name), TEXT);
            assertThat(embed(0, file)).singleElement().satisfies(row -> {
                assertThat(row.get("id").asText()).isEqualTo(name);
                assertThat(row.get("vector").size()).isPositive();
                assertThat(row.get("error").isNull()).isTrue();
            });
            Files.delete(file);
        }
    }

    @Test
    void whatIsNotTextHasAnErrorAndTheRestIsRead() throws IOException {
        Path documents = documents();
        assertThat(embed(0, documents))
                .extracting(
                        row -> row.get("id").asText(), row -> row.get("error").isNull())
                .containsExactly(
                        tuple("12:00 notes.txt", true),
                        tuple("book.pdf", false),
                        tuple("line\nbreak.txt", true),
                        tuple("marked.txt", true),
                        tuple("notes.txt.zst", false));
        assertThat(err).contains("2 documents failed");
        embed(1, documents, "--fail-on-error");
    }

    @Test
    void anIndexNamesWhatIsNotText() throws IOException {
        assertThat(run(
                        1,
                        "index",
                        "--input",
                        documents().toString(),
                        "--index",
                        folder + "/library",
                        "--fail-on-error"))
                .contains("has 3 of 3 documents", "2 failed")
                .contains("  book.pdf: [MAMBA_DOCUMENT_NOT_TEXT]", "  notes.txt.zst: [MAMBA_DOCUMENT_CODEC_MISSING]");
        assertThat(run(0, "search", "--index", folder + "/library", "--query", "Monday", "--mode", "lexical"))
                .isEmpty();
    }

    @Test
    void filesWithReplacedBytesAreListed() throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        byte[] latin1 = "Un café\u00e9.".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 10; i < 32; i++) {
            Files.write(documents.resolve(i + "\u001B.txt"), latin1);
        }
        embed(0, documents, "--partitions", "5");
        assertThat(err)
                .contains("22 documents were not valid in their encoding: 44 byte sequences replaced by U+FFFD")
                .contains("\n  10\\u001B.txt\n  11\\u001B.txt\n", "\n  29\\u001B.txt\n  and 2 more.");
        String report = run(0, "index", "--input", documents.toString(), "--index", folder + "/library");
        assertThat(report)
                .contains("22 files were not valid in their encoding")
                .contains("\n  10\\u001B.txt\n", "\n  29\\u001B.txt\n  and 2 more.");
        embed(0, documents, "--encoding", "ISO-8859-1");
        assertThat(err).doesNotContain("not valid");
    }

    private Path documents() throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("12:00 notes.txt"), TEXT);
        Files.writeString(documents.resolve("line\nbreak.txt"), TEXT);
        Files.writeString(documents.resolve("marked.txt"), "\uFEFF" + TEXT, StandardCharsets.UTF_16LE);
        Files.writeString(documents.resolve("book.pdf"), "%PDF-1.7\n");
        Files.writeString(documents.resolve("notes.txt.zst"), "no matter");
        return documents;
    }

    private List<JsonNode> embed(int code, Path input, String... more) throws IOException {
        Path output = Files.createTempDirectory(folder, "output").resolve("rows");
        List<String> args = new ArrayList<>(List.of("embed", "--unit", "document", "--input", input.toString()));
        args.addAll(List.of("--output", output.toString(), "--output-format", "json"));
        args.addAll(List.of(more));
        run(code, args.toArray(String[]::new));
        return Output.json(output);
    }

    /** What it prints for people; {@link #err} is what it reports of its progress. */
    private String run(int code, String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            out.getBuffer().setLength(0);
            CommandLine commandLine = Main.commandLine();
            commandLine.setOut(new PrintWriter(out, true));
            int actual = commandLine.execute(args);
            err = bytes.toString(StandardCharsets.UTF_8);
            assertThat(actual).as("%s%n%s", out, err).isEqualTo(code);
            return out.toString();
        } finally {
            System.setErr(before);
        }
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The life of an index on the command line, one step after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndexCommandTest {
    private static final SparkSession SPARK = LocalSpark.session();
    private static final String CITY = "Which city burned?";

    @TempDir
    private static Path folder;

    private static String index;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void fillTables() {
        index = folder.resolve("library").toString();
        SPARK.sql("SELECT * FROM VALUES ('london', 1666, 'The fire of London burned for four days.'),"
                        + " ('rome', 64, 'Rome burned while Nero sang. The city was built again.'),"
                        + " ('cat', 2001, 'The cat slept on the warm stones.'), ('void', 1, NULL),"
                        + " ('future', 2100, 'The city of the moon burned.') AS d(id, year, text)")
                .createOrReplaceTempView("shelf");
        SPARK.sql("SELECT 'london' AS id, 1666 AS year, 'The fire of London burned for four days.' AS text"
                        + " UNION ALL SELECT 'cat', 2001, 'The cat sat.'"
                        + " UNION ALL SELECT 'dog', 1999, 'The dog barked at the city gate.'")
                .createOrReplaceTempView("more");
    }

    private String run(int code, String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        assertThat(commandLine.execute(args)).as("%s%n%s", out, err).isEqualTo(code);
        return code == 0 ? out.toString() : err.toString();
    }

    private static List<Row> found(String query) {
        return MambaIndex.open(SPARK, index)
                .search(query, SearchOptions.defaults())
                .collectAsList();
    }

    @Test
    @Order(1)
    void indexTellsWhatItDid() {
        String report = run(
                0,
                "index",
                "--table",
                "shelf",
                "--index",
                index,
                "--keep-columns",
                "year",
                "--where",
                "year < 2100",
                "--shards",
                "2");
        assertThat(report)
                .contains("library, version 1, in ")
                .contains("documents  3 read (")
                .contains(", 1 failed")
                .contains("passages   3 added; the index has 3 of 3 documents")
                .contains("shards     2, ")
                .contains("  void: [MAMBA_DOCUMENT_NULL]");
    }

    @Test
    @Order(2)
    void anIndexIsNotReplacedUnasked() {
        assertThat(run(1, "index", "--table", "shelf", "--index", index))
                .startsWith("index failed: [MAMBA_INDEX_EXISTS]")
                .contains("--append", "--replace");
    }

    @Test
    @Order(3)
    void searchWritesWhatTheIndexFinds() throws IOException {
        Path answers = folder.resolve("answers");
        run(
                0,
                "search",
                "--index",
                index,
                "--query",
                CITY,
                "--filter",
                "year > 100",
                "--output",
                answers.toString(),
                "--output-format",
                "json");
        List<JsonNode> rows = Output.json(answers);
        assertThat(rows).extracting(row -> row.get("rank").asInt()).containsExactly(1, 2);
        assertThat(rows).extracting(row -> row.get("doc_id").asText()).containsExactly("london", "cat");
        assertThat(rows.get(0).get("year").asInt()).isEqualTo(1666);
        assertThat(rows.get(0).get("highlighted").asText()).isEqualTo("**The fire of London burned for four days.**");
    }

    @Test
    @Order(4)
    void searchAnswersAFileInItsOrder() throws IOException {
        Path queries = folder.resolve("queries.tsv");
        Files.writeString(queries, "id\ttext\nz\t" + CITY + "\na\tan animal asleep\n");
        Path run = folder.resolve("run");
        run(
                0,
                "search",
                "--index",
                index,
                "--queries",
                queries.toString(),
                "--mode",
                "lexical",
                "--output",
                run.toString(),
                "--output-format",
                "trec");
        List<Row> ofLibrary = MambaIndex.open(SPARK, index)
                .search(CITY, SearchOptions.defaults().withMode(Mode.LEXICAL))
                .collectAsList();
        List<String> expected = ofLibrary.stream()
                .map(row -> "z Q0 " + row.getAs("doc_id") + " " + row.getAs("rank") + " " + row.getAs("score")
                        + " mamba-spark")
                .toList();
        assertThat(Output.text(run).lines()).startsWith(expected.toArray(String[]::new));
        assertThat(Output.text(run).lines().skip(expected.size())).allMatch(line -> line.startsWith("a Q0 cat 1 "));
    }

    @Test
    @Order(5)
    void searchNeverWritesOverWhatItReadsAndKeepsTheOldRunIfItFails() throws IOException {
        Path queries = folder.resolve("asked/queries.tsv");
        Files.createDirectories(queries.getParent());
        Files.writeString(queries, "an id with blanks\tan animal asleep\n");
        String before = Output.text(folder.resolve("run"));
        for (String output : new String[] {"library", "library/shards", "asked", "."}) {
            assertThat(run(2, onto(queries, folder.resolve(output).toString()))).contains("--output " + folder);
        }
        run(1, onto(queries, folder.resolve("run").toString()));
        assertThat(Output.text(folder.resolve("run"))).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
        Files.writeString(queries, "b\tan animal asleep\n");
        run(0, onto(queries, folder.resolve("run").toString()));
        assertThat(Output.text(folder.resolve("run"))).startsWith("b Q0 cat 1 ");
    }

    private static String[] onto(Path queries, String output) {
        return new String[] {
            "search",
            "--index",
            index,
            "--queries",
            queries.toString(),
            "--output-format",
            "trec",
            "--output",
            output,
            "--overwrite"
        };
    }

    @Test
    @Order(6)
    void appendSkipsReplacesAndAdds() {
        assertThat(run(0, "index", "--table", "more", "--index", index, "--keep-columns", "year", "--append"))
                .contains("version 2")
                .contains("2 read (")
                .contains("1 skipped", "1 replaced")
                .contains("the index has 4 of 4 documents");
        assertThat(found("the cat"))
                .first()
                .satisfies(row -> assertThat(row.<String>getAs("text")).isEqualTo("The cat sat."));
    }

    @Test
    @Order(7)
    void settingsMustBeThoseOfTheIndex() {
        assertThat(run(1, "index", "--table", "more", "--index", index, "--append"))
                .contains("[MAMBA_INDEX_SETTINGS_DIFFER]", "year");
        assertThat(run(2, "index", "--table", "more", "--index", index, "--append", "--where", "colour = 1"))
                .contains("--where cannot be used: [UNRESOLVED_COLUMN");
        assertThat(run(1, "search", "--index", folder.resolve("nothing").toString(), "--query", "x"))
                .contains("search failed: [MAMBA_INDEX_NOT_FOUND]");
    }

    @Test
    @Order(8)
    void describeDeleteAndCompact() {
        assertThat(run(0, "index", "describe", index))
                .contains("version 2", "documents  4", "columns    year INT", "model      built-in (");
        out.getBuffer().setLength(0);
        assertThat(run(0, "index", "delete", index, "--id", "rome", "--id", "nobody"))
                .contains("1 of 2 documents were there and are deleted.")
                .contains("Version 3 of the index has 3 documents.");
        assertThat(found("Rome")).noneMatch(row -> row.getAs("doc_id").equals("rome"));
        out.getBuffer().setLength(0);
        assertThat(run(0, "index", "compact", index))
                .startsWith("3 passages in 1 shards")
                .contains("Before: 3 passages, and 2 deleted ones");
        assertThat(found(CITY)).extracting(row -> row.getAs("doc_id")).contains("london", "cat", "dog");
    }

    @Test
    @Order(9)
    void verifyNamesABrokenFile() throws IOException {
        assertThat(run(0, "index", "verify", index)).contains("All files are as they were written.");
        Path broken;
        try (Stream<Path> files = Files.walk(folder.resolve("library/shards"))) {
            // Of the newest build: verify does not look at files of versions before.
            broken = files.filter(file -> file.toString().endsWith(".cfs"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(broken);
        bytes[bytes.length / 2] ^= 1;
        Files.write(broken, bytes);
        Files.deleteIfExists(broken.resolveSibling("." + broken.getFileName() + ".crc"));
        out.getBuffer().setLength(0);
        run(1, "index", "verify", index);
        assertThat(out.toString()).contains(broken.getFileName().toString()).contains("1 file is broken.");
    }

    @Test
    @Order(10)
    void repairSaysWhatItWouldDoAndDoesItOnRequest() throws IOException {
        assertThat(run(1, "index", "repair", index)).isEmpty();
        assertThat(out.toString())
                .contains("Damaged:", ".cfs", "To be done with --apply:", "again from their passages")
                .contains("with 3 documents; 0 are lost");
        out.getBuffer().setLength(0);
        assertThat(run(0, "index", "repair", index, "--apply")).contains("Done:");
        out.getBuffer().setLength(0);
        assertThat(run(0, "index", "repair", index)).contains("Nothing is damaged.");
        assertThat(found(CITY)).extracting(row -> row.getAs("doc_id")).contains("london", "cat", "dog");
    }

    @Test
    @Order(11)
    void aDamagedManifestIsNamedByEveryCommand() throws IOException {
        Path manifest = folder.resolve("library")
                .resolve("manifest-" + MambaIndex.open(SPARK, index).describe().version() + ".json");
        byte[] whole = Files.readAllBytes(manifest);
        byte[] flipped = whole.clone();
        flipped[20] ^= 1;
        Files.write(manifest, flipped);
        for (String command : List.of("describe", "verify", "compact", "delete --id cat")) {
            List<String> arguments = new ArrayList<>(List.of("index"));
            arguments.addAll(List.of(command.split(" ")));
            arguments.add(2, index);
            assertThat(run(1, arguments.toArray(String[]::new)))
                    .contains(
                            "failed: [MAMBA_INDEX_CORRUPT]",
                            manifest.getFileName().toString());
        }
        assertThat(run(1, "index", "--table", "more", "--index", index, "--append"))
                .contains("index failed: [MAMBA_INDEX_CORRUPT]");
        assertThat(run(1, "search", "--index", index, "--query", "x")).contains("[MAMBA_INDEX_CORRUPT]");
        Files.write(manifest, whole);
    }

    @Test
    @Order(12)
    void replaceMakesAnotherIndex() {
        assertThat(run(0, "index", "--table", "more", "--index", index, "--replace", "--passages", "whole"))
                .contains("the index has 3 of 3 documents");
        assertThat(MambaIndex.open(SPARK, index).describe().keptColumns()).isEmpty();
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Whatever a user asks of {@code --output} and {@code --overwrite}: no job harms what it did not write. */
class OutputRefusalTest {
    private static final SparkSession SPARK = LocalSpark.session();

    @TempDir
    private Path folder;

    private Map<String, String> before;
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("docs/deep"));
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("docs/a.txt"), "The fire of London burned for four days.");
        Files.writeString(folder.resolve("docs/deep/b.txt"), "Rome burned while Nero sang.");
        Files.writeString(folder.resolve("elsewhere/c.txt"), "The cat slept on the warm stones.");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("docs"));
        Files.createSymbolicLink(folder.resolve("docs/away"), folder.resolve("elsewhere"));
        before = files();
    }

    @AfterEach
    void nothingIsHarmed() throws IOException {
        Map<String, String> after = files();
        after.keySet().retainAll(before.keySet());
        assertThat(after).isEqualTo(before);
        for (String view : new String[] {"stored", "view_of_stored", "half_stored"}) {
            SPARK.catalog().dropTempView(view);
        }
        SPARK.sql("DROP TABLE IF EXISTS kept_table");
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** Runs with {@code $} for the folder of the test. */
    private String run(int code, String... args) {
        err.getBuffer().setLength(0);
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter()));
        commandLine.setErr(new PrintWriter(err, true));
        String[] filled = Arrays.stream(args)
                .map(arg -> arg.replace("$", folder.toString()))
                .toArray(String[]::new);
        assertThat(commandLine.execute(filled)).as(err.toString()).isEqualTo(code);
        return err.toString();
    }

    private void assertRefused(String sentence, String... args) {
        String told = run(2, args);
        assertThat(told).doesNotContain("Exception", "\tat ");
        assertThat(told.lines().findFirst().orElseThrow())
                .as("one sentence")
                .contains(sentence.replace("$", folder.toString()))
                .endsWith(".");
        assertThat(told.lines().skip(1)).allMatch(line -> line.startsWith("See: ") || line.startsWith("The commands"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $/docs            | $/docs               | is the same as
                    $/docs            | $/docs/              | is the same as
                    $/docs            | $/elsewhere/../docs  | is the same as
                    $/docs            | $/link               | is the same as
                    $/link            | $/docs               | is the same as
                    $/docs            | file:$/docs          | is the same as
                    $/docs/a.txt      | $/docs/a.txt         | is the same as
                    $/docs            | $/docs/new           | is inside
                    $/docs            | $/link/new/newer     | is inside
                    $/docs            | $/docs/_new          | is inside
                    $/docs            | $                    | contains
                    $/docs/deep       | $/docs               | contains
                    $/docs/a.txt      | $/docs               | contains
                    $/docs/*.txt      | $/docs               | contains
                    $/*/*.txt         | $/elsewhere          | contains
                    $/docs/{a,x}.txt  | $/link               | contains
                    $/docs            | $/elsewhere          | is the same as --input $/docs (by its link $/docs/away)
                    $/docs            | $/elsewhere/new      | is inside --input $/docs (by its link
                    $/docs/*          | $/docs/new           | is the same as
                    $/docs/*          | $/link/new           | is the same as
                    $/*               | $/new/newer          | is inside
                    """)
    void neverWritesOverInOrAroundItsInput(String input, String output, String why) {
        assertRefused(why, "summarize", "--input", input, "--format", "text", "--output", output, "--overwrite");
        assertRefused(why.replace("--output", "--index"), "index", "--input", input, "--index", output);
    }

    @Test
    void noJobDoesAndWithoutOverwriteNeither() {
        String[] onto = {"--input", "$/docs", "--output", "$/docs/new"};
        assertRefused("is inside", with(onto, "summarize"));
        assertRefused("is inside", with(onto, "embed", "--overwrite"));
        assertRefused("is inside", with(onto, "retrieve", "--query", "fire"));
    }

    private static String[] with(String[] options, String... job) {
        return Stream.of(job, options).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void anOutputBesideTheInputIsFine() throws IOException {
        run(0, "embed", "--input", "$/docs/*.txt", "--output", "$/docs-of-mine");
        run(0, "embed", "--input", "$/docs/*.txt", "--output", "$/docs/vectors");
        assertThat(SPARK.read().parquet(folder + "/docs/vectors").count()).isEqualTo(1);
        assertRefused("is the same as", "embed", "--input", "$/[dn]*", "--output", "$/new");
        Files.move(folder.resolve("docs"), folder.resolve("[dn]*"));
        try {
            run(2, "embed", "--input", "$/[dn]*", "--output", "$/docs-of-mine");
            assertThat(err.toString()).contains("add --overwrite");
        } finally {
            Files.move(folder.resolve("[dn]*"), folder.resolve("docs"));
        }
    }

    @Test
    void neverWritesOverTheTablesThatItReads() {
        SPARK.range(3).selectExpr("id", "'a text' AS text").write().parquet(folder + "/tables/stored");
        SPARK.read().parquet(folder + "/tables/stored").createOrReplaceTempView("stored");
        SPARK.sql("CREATE OR REPLACE TEMP VIEW view_of_stored AS SELECT id + 1 AS id, text FROM stored");
        SPARK.sql("CREATE OR REPLACE TEMP VIEW half_stored AS SELECT 1L AS id, 'a text' AS text"
                + " WHERE 1 IN (SELECT id FROM stored)");
        SPARK.sql(
                "CREATE TABLE kept_table (id BIGINT, text STRING, part INT) USING parquet PARTITIONED BY (part) LOCATION '"
                        + folder + "/tables/kept'");
        SPARK.sql("ALTER TABLE kept_table ADD PARTITION (part = 1) LOCATION '" + folder + "/partition'");
        SPARK.sql("INSERT INTO kept_table PARTITION (part = 1) SELECT id, text FROM stored");
        for (String table : new String[] {"stored", "view_of_stored", "half_stored"}) {
            for (String output : new String[] {"$/tables/stored", "$/tables", "$/tables/stored/new"}) {
                assertRefused(
                        "--table " + table + " in file:$/tables/stored",
                        "summarize",
                        "--table",
                        table,
                        "--output",
                        output,
                        "--overwrite");
            }
        }
        assertRefused("is the same as", "embed", "--table", "kept_table", "--output", "$/tables/kept", "--overwrite");
        assertRefused("is the same as", "embed", "--table", "kept_table", "--output", "$/partition", "--overwrite");
        assertRefused("contains --table", "index", "--table", "kept_table", "--index", "$/tables");
        assertThat(SPARK.table("kept_table").count()).isEqualTo(3);
    }

    @Test
    void neverWritesOverTheModel() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Path tiny = Path.of("../mamba-runtime/src/test/resources/io/mambaspark/reference/mamba1-tiny");
        try (Stream<Path> files = Files.list(tiny)) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        for (String output : new String[] {"$/model", "$/model/new"}) {
            assertRefused("--model", "embed", "--input", "$/docs", "--model", "$/model", "--output", output);
            assertRefused("--model", "index", "--input", "$/docs", "--model", "$/model", "--index", output);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thesis.txt",
                "_notes",
                ".git",
                "part-time/contract.txt",
                "_temporary/0/part-0",
                "shards/1/0/segments_1",
                "manifest-1.json",
                "_mamba_output.json"
            })
    void overwriteRefusesByNameWhatNoJobWrote(String file) throws IOException {
        Path foreign = folder.resolve("elsewhere/out/" + file);
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "mine");
        Files.writeString(folder.resolve("elsewhere/out/part-00000"), "also mine");
        before = files();
        String name = file.contains("/") ? file.substring(0, file.indexOf('/')) : file;
        assertRefused("holds " + name + ",", onto("$/elsewhere/out"));
    }

    private static String[] onto(String output) {
        return new String[] {
            "embed", "--input", "$/docs/*.txt", "--output-format", "json", "--overwrite", "--output", output
        };
    }

    @Test
    void overwriteRefusesAFileAndWhatWasAddedToAJobsFolder() throws IOException {
        Files.writeString(folder.resolve("elsewhere/part-0"), "mine");
        assertRefused("is a file", onto("$/elsewhere/part-0"));
        run(0, onto("$/out"));
        Files.writeString(folder.resolve("out/part-of-mine"), "mine");
        before = files();
        assertRefused("holds part-of-mine,", onto("$/out"));
    }

    @Test
    void overwriteReplacesWhatAJobSparkOrNobodyWrote() throws IOException {
        SPARK.range(3).write().parquet(folder + "/plain");
        Files.writeString(folder.resolve("plain/_committed_123"), "");
        Files.writeString(folder.resolve("plain/_started_123"), "");
        Files.createDirectories(folder.resolve("empty"));
        for (String output : new String[] {"plain", "empty", "new"}) {
            for (int times = 0; times < 2; times++) {
                run(0, onto("$/" + output));
                assertThat(Output.json(folder.resolve(output))).hasSize(1);
                assertThat(SPARK.read().json(folder + "/" + output).count())
                        .as("Spark does not see the marker")
                        .isEqualTo(1);
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .as("nothing is left beside")
                    .containsExactlyInAnyOrder("docs", "elsewhere", "link", "plain", "empty", "new");
        }
        JsonNode marker = new ObjectMapper().readTree(Files.readString(folder.resolve("new/_mamba_output.json")));
        List<String> names = new ArrayList<>();
        marker.get("files").forEach(name -> names.add(name.asText()));
        assertThat(marker.get("job").asText()).isEqualTo("embed");
        assertThat(marker.get("version").asText()).isNotEmpty();
        assertThat(names).hasSize(2).anyMatch(name -> name.startsWith("part-")).contains("_SUCCESS");
        assertThat(run(2, "embed", "--input", "$/docs/*.txt", "--output", "$/new"))
                .contains("exists: add --overwrite");
    }

    /** The old folder stays a link: what it leads to is replaced. */
    @Test
    void anOutputMayBeALink() throws IOException {
        Files.createDirectories(folder.resolve("disk/out"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("disk/out"));
        Files.createSymbolicLink(folder.resolve("ahead"), folder.resolve("disk/to-come"));
        run(0, onto("$/linked"));
        run(0, onto("$/ahead"));
        assertThat(folder.resolve("linked")).isSymbolicLink();
        assertThat(Output.json(folder.resolve("disk/out"))).hasSize(1);
        assertThat(Output.json(folder.resolve("disk/to-come"))).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeTheModelReads() throws IOException {
        assertRefused("Not a directory", onto("$/elsewhere/c.txt/out"));
        assertRefused("cannot be reached", onto("nowhere://host/out"));
        assertRefused("--output / contains", onto("/"));
        assertRefused("cannot be written", onto("/proc/self/out"));
    }

    @Test
    void aParentWithoutPermissionIsRefusedBeforeTheModelReads() throws IOException {
        Path locked = Files.createDirectories(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(locked)).as("root may write everywhere").isFalse();
        assertRefused("cannot be written", onto("$/locked/out"));
    }

    @Test
    void filesThatHadoopHidesAreCountedAndListedOnce() throws IOException {
        for (String name : new String[] {"_draft.txt", ".secret.txt", "deep/_x.txt", "_SUCCESS", "._draft.txt.crc"}) {
            Files.writeString(folder.resolve("docs").resolve(name), "Not read.");
        }
        String told = listing("embed", "--input", folder + "/docs", "--input", folder + "/docs/*");
        assertThat(told.lines().filter(line -> !line.contains(", in 0:")))
                .containsExactly(
                        "3 files or folders are not read, because Hadoop hides names that start with . or _:",
                        "  file:" + folder + "/docs/.secret.txt",
                        "  file:" + folder + "/docs/_draft.txt",
                        "  file:" + folder + "/docs/deep/_x.txt");
        assertThat(listing("embed", "--input", folder + "/docs/_draft.txt"))
                .as("a name that was given is read")
                .contains("Read 1 document")
                .doesNotContain("Hadoop hides");
        SPARK.range(1).selectExpr("id", "'a text' AS text").write().json(folder + "/rows");
        Files.writeString(folder.resolve("rows/_more.json"), "{}");
        assertThat(listing("embed", "--input", folder + "/rows"))
                .contains("1 file or folder is not read", "/rows/_more.json");
    }

    private static String listing(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(args)).isZero();
        } finally {
            System.setErr(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}

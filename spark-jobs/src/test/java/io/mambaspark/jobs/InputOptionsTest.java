package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.text.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InputOptionsTest {
    private static final SparkSession SPARK = LocalSpark.session();
    private static final String HARD = "Two lines,\nand \"quotes\", and a rabbit 🐇.";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet", "csv", "orc"})
    void readsColumnsOfEachFormatThatSparkHas(String format) {
        Dataset<Row> table = table().selectExpr("id AS number", "text AS body");
        String path = folder.resolve("table").toString();
        table.write()
                .option("header", "true")
                .option("escape", "\"")
                .format(format)
                .save(path);
        String[] columns = {"--id-column", "number", "--text-column", "body"};
        assertThat(texts(open(Optional.empty(), with(columns, "--input", path))))
                .as("format by extension")
                .isEqualTo(Map.of("1", "short", "2", HARD, "3", "a".repeat(100)));
        assertThat(texts(open(Optional.empty(), with(columns, "--input", path, "--format", format))))
                .hasSize(3);
    }

    /** Spark's readers take a name with brackets for a glob. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet", "csv", "orc"})
    void readsColumnsOfFilesWhateverTheirNames(String format) throws IOException {
        String written = folder.resolve("written").toString();
        table().coalesce(1)
                .write()
                .option("header", "true")
                .option("escape", "\"")
                .format(format)
                .save(written);
        Path part;
        try (Stream<Path> parts = Files.list(Path.of(written))) {
            part = parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path names = Files.createDirectories(folder.resolve("{na:mes} [1]"));
        for (String name : new String[] {"report[1]", "100% #1", "a{b}*?", "plain"}) {
            String file = Files.copy(part, names.resolve(name + "." + format)).toString();
            assertThat(texts(open(Optional.empty(), "--input", file)))
                    .hasSize(3)
                    .containsEntry("2", HARD);
        }
        String escaped = folder + "/\\{na:mes\\} \\[1\\]";
        assertThat(open(Optional.empty(), "--input", names.toString()).documents())
                .isEqualTo(12);
        assertThat(open(Optional.empty(), "--input", escaped + "/[ra]*").documents())
                .isEqualTo(6);
        Files.copy(part, names.resolve("12:00." + format));
        assertUsage(
                "12:00." + format + " as " + format + ", because its name has a colon", "--input", names.toString());
        assertThat(open(Optional.empty(), "--input", escaped + "/p*").documents())
                .as("a name with a colon beside it")
                .isEqualTo(3);
    }

    @Test
    void anEncodingIsForTextFiles() throws Exception {
        Path latin1 = folder.resolve("latin1.txt");
        Files.write(latin1, "Un café.".getBytes(StandardCharsets.ISO_8859_1));
        Path csv = Files.writeString(folder.resolve("table.csv"), "id,text\n1,x\n");
        Corpus corpus = open(Optional.empty(), "--input", latin1.toString(), "--encoding", "latin1");
        assertThat(corpus.sources().first().open(new Configuration(), DocumentSource.MAX_BYTES))
                .isEqualTo(new SourceText("Un café.", null, 0));
        UnreadFiles unread = UnreadFiles.in(SPARK.sparkContext());
        DocumentTable table =
                options("--input", latin1.toString(), "--encoding", "latin1").documents(SPARK, unread);
        assertThat(table.rows().first().getString(1)).isEqualTo("Un café.");
        assertUsage(
                "--encoding is for text files, not for files of the format csv",
                "--input",
                csv.toString(),
                "--encoding",
                "latin1");
    }

    @Test
    void readsATableLongestTextFirst() {
        table().createOrReplaceTempView("shelf");
        Corpus corpus = open(2, Optional.empty(), "--table", "shelf");
        assertThat(corpus.documents()).isEqualTo(3);
        List<List<DocumentSource>> partitions = corpus.sources().glom().collect();
        assertThat(partitions).hasSize(2);
        assertThat(partitions.get(0)).extracting(DocumentSource::id).containsExactly("3", "1");
        assertThat(partitions.get(1)).extracting(DocumentSource::id).containsExactly("2");
    }

    @Test
    void takesTheCallersSentencesInCodePoints() throws DocumentException {
        String text = "A 🐇 ran. It fell.";
        SPARK.sql("SELECT 7 AS id, '" + text + "' AS text,"
                        + " array(named_struct('end', 8L, 'start', 0L), named_struct('end', 17L, 'start', 9L)) AS mine")
                .createOrReplaceTempView("sentences");
        Corpus corpus = open(Optional.of("mine"), "--table", "sentences");
        SourceText read = corpus.sources().first().open(new Configuration(), DocumentSource.MAX_BYTES);
        assertThat(read.sentences()).extracting(span -> span.of(text)).containsExactly("A 🐇 ran.", "It fell.");
        assertThat(read.sentences().get(0)).isEqualTo(new Span(0, 9));
    }

    @Test
    void refusesSentencesThatOverlapOrLeaveTheText() {
        for (int[] wrong : new int[][] {{0, 3, 2, 4}, {0, 6}, {3, 2}, {-1, 2}}) {
            assertThatThrownBy(() ->
                            new RowSource("1", "🐇🐇🐇🐇🐇", wrong).open(new Configuration(), DocumentSource.MAX_BYTES))
                    .isInstanceOf(DocumentException.class)
                    .hasMessageStartingWith("[MAMBA_SENTENCES_INVALID]");
        }
    }

    @Test
    void namesFilesByWhereTheyLieInTheInput() throws IOException {
        Files.createDirectories(folder.resolve("a/deep"));
        Files.createDirectories(folder.resolve("b"));
        for (String file : new String[] {"a/1.txt", "a/deep/2.txt", "a/.hidden", "b/1.txt"}) {
            Files.writeString(folder.resolve(file), file);
        }
        assertThat(ids(folder + "/a")).containsExactly("1.txt", "deep/2.txt");
        assertThat(ids(folder + "/a/1.txt")).containsExactly("1.txt");
        assertThat(ids(folder + "/*")).containsExactly("a/1.txt", "a/deep/2.txt", "b/1.txt");
        assertThat(ids(folder + "/a", folder + "/a/1.txt"))
                .as("one file named twice")
                .hasSize(2);
        assertThat(ids(folder + "/a/1.txt", folder + "/b/1.txt"))
                .as("two files of one name keep their paths")
                .containsExactly("file:" + folder + "/a/1.txt", "file:" + folder + "/b/1.txt");
    }

    /** As an index takes them. */
    @Test
    void givesATableWithAllOfItsColumns() {
        table().selectExpr("id AS number", "text AS body", "id % 2 = 0 AS even").createOrReplaceTempView("wide");
        DocumentTable table = options("--table", "wide", "--id-column", "number", "--text-column", "body")
                .documents(SPARK, UnreadFiles.in(SPARK.sparkContext()));
        assertThat(table.rows().columns()).containsExactly("number", "body", "even");
        assertThat(table.id()).isEqualTo("number");
        assertThat(table.text()).isEqualTo("body");
    }

    @Test
    void givesTextFilesAsATableAndTellsEachBadOneOnce() throws IOException {
        Shelf.fill(folder);
        UnreadFiles unread = UnreadFiles.in(SPARK.sparkContext());
        DocumentTable table = options("--input", folder.toString()).documents(SPARK, unread);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(table.rows().orderBy("id").select("id").collectAsList())
                    .extracting(row -> row.getString(0))
                    .containsExactly(
                            "alice.txt",
                            "bom.txt",
                            "emoji.txt",
                            "empty.txt",
                            "latin1.txt",
                            "machine.txt",
                            "nested/alice.txt.gz");
        }
        assertThat(table.rows().where("id = 'alice.txt'").first().getString(1)).isEqualTo(Shelf.alice());
        assertThat(unread.list()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("broken.txt.gz");
            assertThat(failure.error()).startsWith("[MAMBA_DOCUMENT_UNREADABLE]");
        });
        assertThat(unread.malformedIds()).containsExactly("latin1.txt");
    }

    @Test
    void tellsWhatIsWrongInOneSentence() throws IOException {
        Files.writeString(folder.resolve("one.txt"), "text");
        Files.writeString(folder.resolve("two.csv"), "id,text\n1,x\n");
        table().createOrReplaceTempView("shelf");
        assertUsage("names no file or folder", "--input", folder + "/none*");
        assertUsage("several formats [csv, text]", "--input", folder.toString());
        assertUsage("no column \"id2\"; the columns are id, text", "--table", "shelf", "--id-column", "id2");
        assertUsage("must hold strings, not int", "--table", "shelf", "--text-column", "id");
        assertUsage("--table nowhere cannot be read", "--table", "nowhere");
        assertUsage("not both", "--table", "shelf", "--input", folder.toString());
        assertUsage("nothing to read");
        assertThatThrownBy(() -> open(Optional.of("text"), "--table", "shelf"))
                .hasMessageContaining("must hold array<struct<start:int,end:int>>, not string");
        assertThatThrownBy(() -> open(Optional.of("mine"), "--input", folder + "/one.txt"))
                .hasMessageContaining("needs a table or a format with columns");
    }

    private static void assertUsage(String sentence, String... args) {
        assertThatThrownBy(() -> open(Optional.empty(), args))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence);
    }

    private static List<String> ids(String... inputs) {
        return InputFiles.of(List.of(inputs), FileSource.UTF_8, new Configuration()).list().stream()
                .map(FileSource::id)
                .toList();
    }

    private static Dataset<Row> table() {
        return SPARK.createDataFrame(
                List.of(
                        RowFactory.create(1, "short"),
                        RowFactory.create(2, HARD),
                        RowFactory.create(3, "a".repeat(100))),
                StructType.fromDDL("id INT, text STRING"));
    }

    private static Corpus open(Optional<String> sentences, String... args) {
        return open(0, sentences, args);
    }

    private static Corpus open(int partitions, Optional<String> sentences, String... args) {
        return options(args).open(SPARK, sentences, partitions);
    }

    private static InputOptions options(String... args) {
        InputOptions options = CommandLine.populateCommand(new InputOptions(), args);
        options.validate();
        return options;
    }

    private static Map<String, String> texts(Corpus corpus) {
        return corpus.sources().collect().stream()
                .map(RowSource.class::cast)
                .collect(Collectors.toMap(RowSource::id, RowSource::text));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
    }
}

package io.mambaspark.jobs;

import io.mambaspark.sql.batch.TableLocations;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options that say which documents are read. */
final class InputOptions {
    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "A file, a folder or a glob on any Hadoop file system; may be given several times.")
    private List<String> inputs = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "What --input holds: ${COMPLETION-CANDIDATES}. As text each file is one document"
                    + " (.gz too), its id the path relative to the input; auto goes by the files' extensions.")
    private InputFormat format = InputFormat.auto;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The encoding of text files without a byte order mark (default: UTF-8), such as"
                    + " windows-1252 or UTF-16LE. Bytes that it does not have become U+FFFD.")
    private String encoding;

    @Option(names = "--table", paramLabel = "NAME", description = "A table or view to read instead of --input.")
    private String table;

    @Option(
            names = "--id-column",
            paramLabel = "NAME",
            defaultValue = "id",
            description = "The column with the documents' ids (default: ${DEFAULT-VALUE}); not for text.")
    private String idColumn;

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "The column with the documents' texts (default: ${DEFAULT-VALUE}); not for text.")
    private String textColumn;

    /** What can be said before Spark starts. */
    void validate() {
        if (inputs.isEmpty() == (table == null)) {
            throw new UsageException(
                    table == null
                            ? "There is nothing to read: give --input or --table."
                            : "Give --input or --table, not both.");
        }
        if (encoding != null && table != null) {
            throw onlyForText("--table");
        }
        if (encoding != null && !isSupported(encoding)) {
            throw new UsageException(
                    "--encoding " + encoding
                            + " is not an encoding that this Java knows: give one such as windows-1252, Shift_JIS or UTF-16LE.");
        }
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static UsageException onlyForText(String given) {
        return new UsageException(
                "--encoding is for text files, not for " + given + ", whose texts are decoded already.");
    }

    /** Where the documents are stored, if they are in files; {@code written} too if a glob will match it. */
    List<Place> places(SparkSession spark, Place written) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        if (table == null) {
            return List.copyOf(InputPlaces.of(inputs, written, hadoop));
        }
        return TableLocations.of(table(spark)).stream()
                .map(folder -> Place.of("--table " + table + " in", folder.toString(), hadoop))
                .toList();
    }

    /**
     * Finds the documents and spreads them.
     *
     * @param sentences  a column with the caller's own sentences
     * @param partitions over how many; 0 for four a core
     */
    Corpus open(SparkSession spark, Optional<String> sentences, int partitions) {
        if (table != null) {
            return TableCorpus.of(columns(sentences).of(table(spark)), partitions);
        }
        InputFiles files = files(spark);
        InputFormat found = format(files);
        if (found != InputFormat.text) {
            return TableCorpus.of(columns(sentences).of(load(spark, found, files)), partitions);
        }
        if (sentences.isPresent()) {
            throw new UsageException("--sentences-column needs a table or a format with columns, not text files.");
        }
        return TextCorpus.of(files.list(), partitions, JavaSparkContext.fromSparkContext(spark.sparkContext()));
    }

    /**
     * Finds the documents as a table with all of its columns.
     *
     * @param unread takes what is wrong with text files, which are rows only if they can be read
     */
    DocumentTable documents(SparkSession spark, UnreadFiles unread) {
        if (table != null) {
            return columns(Optional.empty()).in(table(spark));
        }
        InputFiles files = files(spark);
        InputFormat found = format(files);
        return found == InputFormat.text
                ? TextTable.of(files.list(), spark, unread)
                : columns(Optional.empty()).in(load(spark, found, files));
    }

    private InputFiles files(SparkSession spark) {
        String name =
                encoding == null ? FileSource.UTF_8 : Charset.forName(encoding).name();
        return InputFiles.of(inputs, name, spark.sparkContext().hadoopConfiguration());
    }

    /** The format to read {@code files} in; reports which of them are not read. */
    private InputFormat format(InputFiles files) {
        InputFormat found = format == InputFormat.auto ? InputFormat.of(files.list()) : format;
        HiddenNames.report(files.hidden(found), System.err);
        return found;
    }

    private TableColumns columns(Optional<String> sentences) {
        return new TableColumns(idColumn, textColumn, sentences);
    }

    private Dataset<Row> load(SparkSession spark, InputFormat found, InputFiles files) {
        if (encoding != null) {
            throw onlyForText("files of the format " + found);
        }
        try {
            return FileTable.of(files, found, spark);
        } catch (Exception e) {
            throw orUsage(e, "--input cannot be read as " + found + ": ");
        }
    }

    private Dataset<Row> table(SparkSession spark) {
        try {
            return spark.table(table);
        } catch (Exception e) {
            throw orUsage(e, "--table " + table + " cannot be read: ");
        }
    }

    /** Spark declares its checked AnalysisException nowhere in Java's sight. */
    private static RuntimeException orUsage(Exception e, String sentence) {
        if (e instanceof AnalysisException) {
            return new UsageException(
                    sentence + e.getMessage().lines().findFirst().orElse(""));
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}

package io.mambaspark.jobs;

import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many partitions to read in (default: four a core).")
    private int partitions;

    /** What can be said before Spark starts. */
    void validate() {
        if (inputs.isEmpty() == (table == null)) {
            throw new UsageException(
                    table == null
                            ? "There is nothing to read: give --input or --table."
                            : "Give --input or --table, not both.");
        }
        if (partitions < 0) {
            throw new UsageException("--partitions must be at least 1, not " + partitions + ".");
        }
    }

    /** Finds the documents and spreads them; {@code sentences} is a column with the caller's own sentences. */
    Corpus open(SparkSession spark, Optional<String> sentences) {
        if (table != null) {
            return TableCorpus.of(columns(sentences).of(table(spark)), partitions);
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<FileSource> files = InputFiles.list(inputs, context.hadoopConfiguration());
        InputFormat found = format == InputFormat.auto ? InputFormat.of(files) : format;
        if (found != InputFormat.text) {
            return TableCorpus.of(columns(sentences).of(load(spark, found)), partitions);
        }
        if (sentences.isPresent()) {
            throw new UsageException("--sentences-column needs a table or a format with columns, not text files.");
        }
        return TextCorpus.of(files, partitions, context);
    }

    private TableColumns columns(Optional<String> sentences) {
        return new TableColumns(idColumn, textColumn, sentences);
    }

    private Dataset<Row> load(SparkSession spark, InputFormat found) {
        try {
            return spark.read()
                    .format(found.name())
                    .options(found.readerOptions())
                    .load(inputs.toArray(new String[0]));
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

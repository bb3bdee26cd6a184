package io.mambaspark.jobs;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.IndexBuild;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Passages;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "index",
        customSynopsis = {
            "mamba-spark index (--input=PATH... | --table=NAME) --index=PATH",
            "                         [--append | --replace] [OPTIONS]",
            "   or: mamba-spark index (describe | verify | repair | delete | compact) PATH"
        },
        sortOptions = false,
        footer = "",
        header = "Build an index of documents, for the job search and SQL's mamba_search.",
        description =
                "%nReads each document once, whole, and puts its passages into a folder on any Hadoop file system."
                        + " A build that ends early leaves the index as it was; the same command with --append goes on"
                        + " where it stopped.%n",
        subcommands = {
            IndexDescribeCommand.class,
            IndexVerifyCommand.class,
            IndexRepairCommand.class,
            IndexDeleteCommand.class,
            IndexCompactCommand.class
        })
final class IndexCommand implements Callable<Integer> {
    /** What {@code --passages} takes. */
    enum PassageRule {
        rule,
        whole
    }

    @Option(names = "--index", paramLabel = "PATH", description = "The folder of the index, on any Hadoop file system.")
    private String index;

    @Option(
            names = "--append",
            description =
                    "Add to the index that is there: documents that it has are passed over, those with a new text or"
                            + " new kept columns replaced.")
    private boolean append;

    @Option(names = "--replace", description = "Put a new index in the place of the one that is there.")
    private boolean replace;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "A condition on the columns of the input; other rows are not documents.")
    private String where;

    @Option(
            names = "--keep-columns",
            paramLabel = "NAME",
            split = ",",
            description = "Columns to keep with the passages, to show and to filter by, separated by commas.")
    private List<String> keepColumns = List.of();

    @Option(
            names = "--passages",
            paramLabel = "RULE",
            defaultValue = "rule",
            description = "What is found: passages of up to 128 tokens (rule), or documents as they are (whole)"
                    + " (default: ${DEFAULT-VALUE}).")
    private PassageRule passages;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "How many parts to search side by side (default: one for each 200,000 passages).")
    private Integer shards;

    @Option(
            names = "--single-writer",
            description =
                    "Build on a file system that cannot create a file exclusively: you answer for it that nobody else"
                            + " changes the index meanwhile.")
    private boolean singleWriter;

    @Option(
            names = "--fail-on-error",
            description = "End with exit code 1 if a document failed; the others are in the index either way.")
    private boolean failOnError;

    @ArgGroup(validate = false, heading = "%nInput:%n")
    private InputOptions input = new InputOptions();

    @ArgGroup(validate = false, heading = "%nModel:%n")
    private ModelOptions model = new ModelOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        validate();
        model.checkpoint();
        try (JobSession session = JobSession.start("index")) {
            model.applyTo(session.spark());
            return build(session.spark());
        }
    }

    private void validate() {
        if (index == null) {
            throw new UsageException("There is nowhere to build: give --index.");
        }
        if (append && replace) {
            throw new UsageException("Give --append or --replace, not both.");
        }
        if (shards != null && shards < 1) {
            throw new UsageException("--shards must be at least 1, not " + shards + ".");
        }
        input.validate();
    }

    /** An index in its own input would be read by the next build, and one around it is not an index. */
    private void refuseOverlap(SparkSession spark) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Place written = Place.of("--index", index, hadoop);
        List<Place> read = new ArrayList<>(input.places(spark, written));
        read.addAll(model.places(hadoop));
        written.refuseOverlap(read);
    }

    private int build(SparkSession spark) {
        refuseOverlap(spark);
        UnreadFiles unread = UnreadFiles.in(spark.sparkContext());
        DocumentTable documents = input.documents(spark, unread);
        IndexProgress progress = new IndexProgress(System.err);
        IndexBuild build = MambaIndex.build(spark, index)
                .documents(chosen(documents.rows()))
                .idColumn(documents.id())
                .textColumn(documents.text())
                .keepColumns(keepColumns.toArray(new String[0]))
                .passages(passages == PassageRule.whole ? Passages.WHOLE : Passages.RULE)
                .listener(progress);
        if (shards != null) {
            build.shards(shards);
        }
        if (singleWriter) {
            build.singleWriter(true);
        }
        BuildReport report = append ? build.append() : replace ? build.replace() : build.create();
        IndexReport told =
                new IndexReport(report, MambaIndex.open(spark, index).describe(), unread.list(), unread.malformedIds());
        PrintWriter out = spec.commandLine().getOut();
        told.print(out, progress.elapsed());
        return failOnError && told.failed() > 0 ? 1 : 0;
    }

    private Dataset<Row> chosen(Dataset<Row> documents) {
        if (where == null) {
            return documents;
        }
        try {
            return documents.where(where);
        } catch (Exception e) { // Spark declares its checked AnalysisException nowhere in Java's sight
            if (e instanceof AnalysisException) {
                throw new UsageException("--where cannot be used: "
                        + e.getMessage().lines().findFirst().orElse(""));
            }
            throw e;
        }
    }
}

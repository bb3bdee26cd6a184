package io.mambaspark.jobs;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What summarize, retrieve and embed have in common: documents in, rows out, by a model on every executor. */
final class DocumentJob {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many partitions to read in (default: four a core).")
    private int partitions;

    @ArgGroup(validate = false, heading = "%nInput:%n")
    private InputOptions input = new InputOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n")
    private OutputOptions output = new OutputOptions();

    @ArgGroup(validate = false, heading = "%nModel:%n")
    private ModelOptions model = new ModelOptions();

    /**
     * Runs {@code task} over all documents.
     *
     * @param sentences the column with the caller's own sentences
     * @return the exit code
     */
    <T> int run(String name, DocumentTask<T> task, Optional<String> sentences) {
        input.validate();
        if (partitions < 0) {
            throw new UsageException("--partitions must be at least 1, not " + partitions + ".");
        }
        output.validate();
        Checkpoint checkpoint = model.checkpoint();
        task.check(checkpoint.profile());
        try (JobSession session = JobSession.start(name)) {
            SparkSession spark = session.spark();
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            Optional<JobOutput> folder = output.prepare(name, hadoop, written -> read(spark, written));
            return run(spark, checkpoint, task, sentences, folder);
        }
    }

    private List<Place> read(SparkSession spark, Place written) {
        List<Place> all = new ArrayList<>(input.places(spark, written));
        all.addAll(model.places(spark.sparkContext().hadoopConfiguration()));
        return all;
    }

    private <T> int run(
            SparkSession spark,
            Checkpoint checkpoint,
            DocumentTask<T> task,
            Optional<String> sentences,
            Optional<JobOutput> folder) {
        SparkContext context = spark.sparkContext();
        Corpus corpus = input.open(spark, sentences, partitions);
        JobCounters counters = JobCounters.in(context);
        EngineOptions engine = model.engine();
        ReadPartition<T> read = new ReadPartition<>(
                task,
                model.handle(checkpoint),
                engine,
                new SerializableConfiguration(context.hadoopConfiguration()),
                counters);
        Dataset<Row> rows = spark.createDataFrame(corpus.sources().mapPartitions(read), task.schema());
        try (Progress progress = Progress.of(corpus, counters, context);
                Results results = Results.of(task, rows)) {
            progress.finish();
            output.deliver(results, folder, checkpoint.profile());
        }
        return output.exitCode(counters.failed().value());
    }
}

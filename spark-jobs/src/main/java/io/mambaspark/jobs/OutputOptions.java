package io.mambaspark.jobs;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import picocli.CommandLine.Option;

/** The options that say where rows go. */
final class OutputOptions {
    /** What {@code --output-format} takes. */
    enum Format {
        parquet,
        json,
        csv
    }

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "The folder to write, on any Hadoop file system (default: a listing on standard output).")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "How to write --output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " CSV holds arrays as JSON.")
    private Format format;

    @Option(names = "--overwrite", description = "Replace what is at --output.")
    private boolean overwrite;

    @Option(
            names = "--fail-on-error",
            description = "End with exit code 1 if a document failed; its row tells why either way.")
    private boolean failOnError;

    /** What can be said before Spark starts. */
    void validate() {
        if (output == null && overwrite) {
            throw new UsageException("--overwrite needs --output.");
        }
    }

    /** Refuses an output that is there already, before anything is read. */
    void refuseExisting(Configuration hadoop) {
        if (output == null || overwrite) {
            return;
        }
        Path path = new Path(output);
        try {
            if (path.getFileSystem(hadoop).exists(path)) {
                throw new UsageException("--output " + output + " exists: add --overwrite to replace it.");
            }
        } catch (IOException e) {
            throw new UsageException("--output " + output + " cannot be reached: " + e.getMessage());
        }
    }

    /** Writes the rows, or lists them on standard output. */
    void deliver(Results results, Listing listing) {
        if (output == null) {
            results.print(listing);
        } else {
            results.write(output, format, overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists);
        }
    }

    /** The exit code of a job in which {@code failed} documents failed. */
    int exitCode(long failed) {
        return failOnError && failed > 0 ? 1 : 0;
    }
}

package io.mambaspark.jobs;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import picocli.CommandLine.Option;

/** The options that say where rows go. */
class OutputFolder {
    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "The folder to write, on any Hadoop file system (default: a listing on standard output).")
    private String output;

    @Option(names = "--overwrite", description = "Replace what is at --output.")
    private boolean overwrite;

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

    /** The folder; null for a listing. */
    final String path() {
        return output;
    }

    /** What happens to a folder that is there. */
    final SaveMode mode() {
        return overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists;
    }
}

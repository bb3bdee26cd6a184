package io.mambaspark.jobs;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options that say where rows go. */
class OutputFolder {
    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "The folder to write, on any Hadoop file system (default: a listing on standard output).")
    private String output;

    @Option(names = "--overwrite", description = "Replace the folder at --output, if a job wrote it.")
    private boolean overwrite;

    /** What can be said before Spark starts. */
    void validate() {
        if (output == null && overwrite) {
            throw new UsageException("--overwrite needs --output.");
        }
    }

    /** Whether there is a folder to write; otherwise rows are listed. */
    final boolean isGiven() {
        return output != null;
    }

    /**
     * Makes sure, before anything is read, that the folder can be written and nothing is lost by it.
     *
     * @param job  its name
     * @param read all that the job reads, when it writes to this place
     * @return the folder; empty for a listing
     * @throws UsageException when it cannot
     */
    final Optional<JobOutput> prepare(String job, Configuration hadoop, Function<Place, Collection<Place>> read) {
        if (output == null) {
            return Optional.empty();
        }
        Place written = Place.of("--output", output, hadoop);
        written.refuseOverlap(read.apply(written));
        return Optional.of(JobOutput.prepare(job, written, overwrite, hadoop));
    }
}

package io.mambaspark.jobs;

import io.mambaspark.model.ReaderProfile;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the rows of documents go, and how. */
final class OutputOptions extends OutputFolder {
    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "How to write --output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " CSV holds arrays as JSON.")
    private OutputFormat format;

    @Option(
            names = "--fail-on-error",
            description = "End with exit code 1 if a document failed; its row tells why either way.")
    private boolean failOnError;

    /** Writes the rows into {@code output}, or lists them on standard output. */
    void deliver(Results results, Optional<JobOutput> output, ReaderProfile reader) {
        output.ifPresentOrElse(
                folder -> folder.write(path -> results.write(path, format)),
                () -> results.print(Listing.onStandardOutput(), reader));
    }

    /** The exit code of a job in which {@code failed} documents failed. */
    int exitCode(long failed) {
        return failOnError && failed > 0 ? 1 : 0;
    }
}

package io.mambaspark.jobs;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.RepairReport;
import java.io.PrintWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "repair",
        customSynopsis = "mamba-spark index repair PATH [--apply]",
        footer = "",
        header = "Report what is damaged in an index and what can be saved, and save it on request.",
        description =
                "%nReads every file. Without --apply nothing is changed, and the exit code is 1 if something is damaged."
                        + " Nothing is ever deleted.%n")
final class IndexRepairCommand extends IndexSubcommand {
    @Option(names = "--apply", description = "Do what the report says.")
    private boolean apply;

    @Override
    int run(SparkSession spark, PrintWriter out) {
        RepairReport report = MambaIndex.repair(spark, path(), apply);
        if (report.problems().isEmpty()) {
            out.println("Nothing is damaged.");
            return 0;
        }
        out.println("Damaged:");
        report.problems().forEach(damage -> out.println("  " + damage.file() + ": " + damage.problem()));
        out.println(apply ? "Done:" : "To be done with --apply:");
        report.steps().forEach(step -> out.println("  " + step));
        if (report.version() == 0) {
            out.println(
                    "No manifest can be saved: there is no index then. The passages stay as Parquet files for other tools.");
        } else {
            line(
                    out,
                    "The index is then at version %,d with %,d documents; %,d are lost and to be appended again.",
                    report.version(),
                    report.documents(),
                    report.lost());
        }
        return apply ? 0 : 1;
    }
}

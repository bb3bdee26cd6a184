package io.mambaspark.jobs;

import io.mambaspark.index.Damage;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "verify",
        customSynopsis = "mamba-spark index verify PATH",
        footer = "",
        header = "Read every file of an index and name those that are broken.",
        description = "%nEnds with exit code 1 if there is one.%n")
final class IndexVerifyCommand extends IndexSubcommand {
    @Override
    int run(SparkSession spark, PrintWriter out) {
        List<Damage> found = open(spark).verify();
        found.forEach(damage -> out.println(Printable.text(damage.file() + ": " + damage.problem())));
        switch (found.size()) {
            case 0 -> out.println("All files are as they were written.");
            case 1 -> out.println("1 file is broken.");
            default -> line(out, "%,d files are broken.", found.size());
        }
        return found.isEmpty() ? 0 : 1;
    }
}

package io.mambaspark.jobs;

import io.mambaspark.index.BuildReport;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "delete",
        customSynopsis = "mamba-spark index delete PATH --id=ID...",
        sortOptions = false,
        footer = "",
        header = "Take documents out of an index.",
        description = "%nThey are not found any more; their room is free after compact.%n")
final class IndexDeleteCommand extends IndexSubcommand {
    @Option(
            names = "--id",
            paramLabel = "ID",
            required = true,
            description = "The id of a document; may be given several times.")
    private List<String> ids;

    @Override
    int run(SparkSession spark, PrintWriter out) {
        BuildReport report = open(spark).delete(ids);
        line(
                out,
                "%,d of %,d documents were there and are deleted.",
                report.deleted(),
                ids.stream().distinct().count());
        line(
                out,
                "Version %,d of the index has %,d documents.",
                report.version(),
                open(spark).describe().documents());
        return 0;
    }
}

package io.mambaspark.jobs;

import io.mambaspark.index.IndexDescription;
import io.mambaspark.index.MambaIndex;
import java.io.PrintWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "compact",
        customSynopsis = "mamba-spark index compact PATH",
        footer = "",
        header = "Write an index anew, without what was deleted or replaced.",
        description = "%nNothing is read by the model.%n")
final class IndexCompactCommand extends IndexSubcommand {
    @Override
    int run(SparkSession spark, PrintWriter out) {
        MambaIndex index = open(spark);
        IndexDescription before = index.describe();
        index.compact();
        IndexDescription after = open(spark).describe();
        line(out, "%,d passages in %,d shards, %,d bytes.", after.passages(), after.shards(), after.bytes());
        line(
                out,
                "Before: %,d passages, and %,d deleted ones, in %,d shards, %,d bytes.",
                before.passages(),
                before.dead(),
                before.shards(),
                before.bytes());
        return 0;
    }
}

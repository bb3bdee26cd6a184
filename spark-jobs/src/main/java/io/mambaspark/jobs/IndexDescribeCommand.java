package io.mambaspark.jobs;

import io.mambaspark.index.IndexDescription;
import io.mambaspark.index.Passages;
import java.io.PrintWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "describe",
        customSynopsis = "mamba-spark index describe PATH",
        footer = "",
        header = "Tell what an index holds.")
final class IndexDescribeCommand extends IndexSubcommand {
    private static final int SHORT_FINGERPRINT = 12;

    @Override
    int run(SparkSession spark, PrintWriter out) {
        IndexDescription has = open(spark).describe();
        line(out, "index      %s, version %,d", has.path(), has.version());
        line(out, "documents  %,d", has.documents());
        line(
                out,
                "passages   %,d, %s",
                has.passages(),
                has.passageRule() == Passages.WHOLE ? "each a whole document" : "each some whole sentences");
        line(out, "deleted    %,d passages that compact would take out", has.dead());
        line(out, "shards     %,d of %,d builds, %,d bytes", has.shards(), has.generations(), has.bytes());
        line(
                out,
                "model      %s (%s), vectors of %,d numbers",
                has.model(),
                has.fingerprint().substring(0, SHORT_FINGERPRINT),
                has.dimension());
        line(out, "columns    %s", has.keptColumns().isEmpty() ? "none" : has.keptColumns());
        return 0;
    }
}

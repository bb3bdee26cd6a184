package io.mambaspark.jobs;

import io.mambaspark.index.MambaIndex;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands on an index that is there have in common. */
abstract class IndexSubcommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "The folder of the index, on any Hadoop file system.")
    private String path;

    @Spec
    private CommandSpec spec;

    /**
     * Does it.
     *
     * @return the exit code
     */
    abstract int run(SparkSession spark, MambaIndex index, PrintWriter out);

    @Override
    public final Integer call() {
        try (JobSession session = JobSession.start("index " + spec.name())) {
            PrintWriter out = spec.commandLine().getOut();
            int code = run(session.spark(), MambaIndex.open(session.spark(), path), out);
            out.flush();
            return code;
        }
    }

    /** The index as it is after a change. */
    final MambaIndex reopened(SparkSession spark) {
        return MambaIndex.open(spark, path);
    }

    static void line(PrintWriter out, String format, Object... values) {
        out.println(Printable.text(String.format(Locale.ROOT, format, values)));
    }
}

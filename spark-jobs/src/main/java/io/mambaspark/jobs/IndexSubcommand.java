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
    abstract int run(SparkSession spark, PrintWriter out);

    @Override
    public final Integer call() {
        try (JobSession session = JobSession.start("index " + spec.name())) {
            PrintWriter out = spec.commandLine().getOut();
            int code = run(session.spark(), out);
            out.flush();
            return code;
        }
    }

    /** The folder of the index. */
    final String path() {
        return path;
    }

    /** The index as it is now. */
    final MambaIndex open(SparkSession spark) {
        return MambaIndex.open(spark, path);
    }

    static void line(PrintWriter out, String format, Object... values) {
        out.println(Printable.text(String.format(Locale.ROOT, format, values)));
    }
}

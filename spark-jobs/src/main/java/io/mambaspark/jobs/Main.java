package io.mambaspark.jobs;

import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command line: {@code spark-submit mamba-spark-bundle_2.13-<version>.jar summarize --input books/}.
 *
 * <p>Exit codes: 0 when the job was done, 1 when it failed (or a document did, with {@code --fail-on-error}), 2 when the
 * options are wrong.
 */
@Command(
        name = "mamba-spark",
        header = "Reads documents of any length on Spark with a Mamba model.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {
            SummarizeCommand.class,
            RetrieveCommand.class,
            EmbedCommand.class,
            IndexCommand.class,
            SearchCommand.class,
            DoctorCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "For example:",
            "  spark-submit mamba-spark-bundle.jar summarize --input books/ --max-words 100",
            "  spark-submit mamba-spark-bundle.jar retrieve --input books/ \\",
            "      --query \"Who stole the tarts?\"",
            "  spark-submit mamba-spark-bundle.jar index --input books/ --index library/",
            "  spark-submit mamba-spark-bundle.jar search --index library/ \\",
            "      --query \"Who stole the tarts?\""
        })
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final int WRONG_OPTIONS = 2;

    private Main() {}

    /** Runs the command; leaves the JVM with its exit code unless that is 0, as some clusters take any exit for a crash. */
    public static void main(String[] args) {
        int code = run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The version that the jar's manifest holds. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(24)
                .setParameterExceptionHandler(Main::wrongOptions)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    private static int wrongOptions(ParameterException e, String[] args) {
        return refuse(e.getMessage(), e.getCommandLine());
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof UsageException) {
            return refuse(Printable.text(e.getMessage()), command);
        }
        LOG.error("{} failed", command.getCommandName(), e);
        command.getErr().println(command.getCommandName() + " failed: " + Failures.sentence(e));
        return FAILED;
    }

    private static int refuse(String sentence, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println(sentence);
        if (!command.getSubcommands().isEmpty()) {
            err.println("The commands are "
                    + String.join(", ", command.getSubcommands().keySet()) + ".");
        }
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_OPTIONS;
    }

    /** The version that the jar's manifest holds. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mamba-spark " + version()};
        }
    }
}

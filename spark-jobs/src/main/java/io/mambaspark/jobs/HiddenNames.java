package io.mambaspark.jobs;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Names of files and folders that Hadoop and Spark do not read: those that start with a dot or an underscore. */
final class HiddenNames {
    /** What Spark, Hadoop, Databricks and these jobs write beside rows; there are no documents in them. */
    private static final Pattern BOOKKEEPING = Pattern.compile("_SUCCESS|_committed_.*|_started_.*|_temporary"
            + "|_metadata|_common_metadata|\\..*\\.crc|" + Pattern.quote(OutputMarker.NAME));

    private HiddenNames() {}

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether {@code path} has a hidden name that {@code glob}, which matches it, does not begin as well; both are qualified. */
    static boolean isHidden(Path path, Path glob) {
        if (glob.toString().matches(".*\\{[^}]*/.*")) {
            return false; // Its names and those of the path do not stand side by side.
        }
        Path asked = glob;
        for (Path each = path; asked != null && each != null; each = each.getParent(), asked = asked.getParent()) {
            String name = each.getName();
            if (isHidden(name) && !asked.getName().startsWith(name.substring(0, 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there may be documents in a hidden file or folder. */
    static boolean mayHoldDocuments(String name) {
        return isHidden(name) && !BOOKKEEPING.matcher(name).matches();
    }

    /** Counts and lists what is not read; prints nothing if that is nothing. */
    static void report(Collection<String> hidden, PrintStream out) {
        if (hidden.isEmpty()) {
            return;
        }
        out.println(String.format(
                Locale.ROOT,
                "%,d %s not read, because Hadoop hides names that start with . or _:",
                hidden.size(),
                hidden.size() == 1 ? "file or folder is" : "files or folders are"));
        List<String> names =
                hidden.stream().limit(Printable.LISTED).map(Printable::id).toList();
        Printable.lines(names, hidden.size()).forEach(out::println);
    }
}

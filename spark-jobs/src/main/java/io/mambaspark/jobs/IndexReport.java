package io.mambaspark.jobs;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.DocumentFailure;
import io.mambaspark.index.IndexDescription;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a build did, as people read it.
 *
 * @param build     what it did with the documents that could be read
 * @param index     what the index holds now
 * @param unread    text files that could not be read
 * @param malformed the ids of text files with bytes that are not text in their encoding
 */
record IndexReport(BuildReport build, IndexDescription index, List<DocumentFailure> unread, List<String> malformed) {
    /** How many documents are not in the index because of an error. */
    long failed() {
        return build.failed() + unread.size();
    }

    void print(PrintWriter out, Duration elapsed) {
        line(out, "Index %s, version %,d, in %,.1f s.", index.path(), build.version(), elapsed.toMillis() / 1e3);
        line(out, "  documents  %s", documents());
        line(
                out,
                "  passages   %,d added; the index has %,d of %,d documents",
                build.passages(),
                index.passages(),
                index.documents());
        line(out, "  shards     %,d, %,d bytes", index.shards(), index.bytes());
        if (!malformed.isEmpty()) {
            line(
                    out,
                    "%,d %s not valid in %s encoding: malformed bytes are U+FFFD now (see --encoding).",
                    malformed.size(),
                    malformed.size() == 1 ? "file was" : "files were",
                    malformed.size() == 1 ? "its" : "their");
            Printable.lines(malformed.stream().map(Printable::id).toList(), malformed.size())
                    .forEach(out::println);
        }
        printFailures(out);
        out.flush();
    }

    private String documents() {
        List<String> parts = new ArrayList<>();
        parts.add(count(build.read(), "read (" + String.format(Locale.ROOT, "%,d", build.tokens()) + " tokens)"));
        add(parts, build.adopted(), "taken over from a build that did not end");
        add(parts, build.skipped(), "skipped, as they are in the index");
        add(parts, build.replaced(), "replaced");
        add(parts, build.deleted(), "deleted");
        add(parts, failed(), "failed");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count(count, what));
        }
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }

    private void printFailures(PrintWriter out) {
        List<DocumentFailure> all = new ArrayList<>(unread);
        all.addAll(build.failures());
        if (all.isEmpty()) {
            return;
        }
        out.println("Failed:");
        List<String> failures =
                all.stream().limit(Printable.LISTED).map(IndexReport::line).toList();
        Printable.lines(failures, failed()).forEach(out::println);
    }

    private static String line(DocumentFailure failure) {
        String id = failure.id() == null ? "(no id)" : Printable.id(failure.id());
        return id + ": " + Printable.text(failure.error());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(Printable.text(String.format(Locale.ROOT, format, values)));
    }
}

package io.mambaspark.jobs;

import java.util.regex.Pattern;

/** Names of files that Hadoop and Spark do not read. */
final class HiddenNames {
    /** What Spark, Hadoop, Databricks and these jobs write beside rows; there are no documents in them. */
    private static final Pattern BOOKKEEPING =
            Pattern.compile("_SUCCESS|_committed_.*|_started_.*|_(common_)?metadata|_temporary" + "|\\..*\\.crc|"
                    + Pattern.quote(OutputMarker.NAME));

    private HiddenNames() {}

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether a hidden file may hold a document that somebody misses. */
    static boolean mayBeMissed(String name) {
        return !BOOKKEEPING.matcher(name).matches();
    }
}

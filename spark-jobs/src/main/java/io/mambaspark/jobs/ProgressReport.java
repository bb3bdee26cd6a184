package io.mambaspark.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How far a job is, and the sentences that tell it.
 *
 * @param documents done so far
 * @param bytes     of these documents, as stored
 * @param theirs    tokens of these documents
 * @param tokens    read so far, also of documents that are not done
 * @param elapsed   since reading began
 */
record ProgressReport(long documents, long bytes, long theirs, long tokens, Duration elapsed) {
    /** English prose has about four bytes a token; used until the documents themselves tell. */
    private static final double BYTES_PER_TOKEN = 4;

    /** One line about a job of {@code allDocuments} with {@code allBytes}. */
    String line(long allDocuments, long allBytes) {
        double bytesPerToken = theirs == 0 || bytes == 0 ? BYTES_PER_TOKEN : (double) bytes / theirs;
        long allTokens = Math.max(tokens, Math.round(allBytes / bytesPerToken));
        double rate = tokensPerSecond();
        String left = rate == 0 ? "" : ", about " + clock(Math.round((allTokens - tokens) / rate)) + " left";
        return String.format(
                Locale.ROOT,
                "%,d of %,d documents, %,d of ≈%,d tokens, %,.0f tokens/s%s",
                documents,
                allDocuments,
                tokens,
                allTokens,
                rate,
                left);
    }

    /** What was done, when all is done. */
    String closing(JobCounters counters) {
        long models = counters.models().value();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Read %,d %s, %,d tokens, in %s: %,.0f tokens/s; model loaded by %,d %s.",
                documents,
                documents == 1 ? "document" : "documents",
                tokens,
                clock(elapsed.toSeconds()),
                tokensPerSecond(),
                models,
                models == 1 ? "executor" : "executors"));
        long fallbacks = counters.fallbacks().value();
        if (fallbacks > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%,d %s on the CPU because a GPU failed: the executors' logs say how.",
                    fallbacks,
                    fallbacks == 1 ? "task read" : "tasks read"));
        }
        long malformed = counters.malformed().value();
        if (malformed > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%,d %s not valid in %s encoding: %,d byte sequences replaced by U+FFFD (see --encoding).",
                    malformed,
                    malformed == 1 ? "document was" : "documents were",
                    malformed == 1 ? "its" : "their",
                    counters.replaced().value()));
            List<String> ids =
                    counters.malformedIds().value().stream().map(Printable::id).toList();
            Printable.lines(ids, malformed)
                    .forEach(line -> text.append(System.lineSeparator()).append(line));
        }
        long failed = counters.failed().value();
        if (failed > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%,d %s failed: the error column of %s says why.",
                    failed,
                    failed == 1 ? "document" : "documents",
                    failed == 1 ? "its row" : "their rows"));
        }
        return text.toString();
    }

    private double tokensPerSecond() {
        return elapsed.isZero() ? 0 : tokens / (elapsed.toNanos() / 1e9);
    }

    private static String clock(long seconds) {
        long hours = seconds / 3600;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}

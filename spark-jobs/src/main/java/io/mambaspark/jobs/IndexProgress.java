package io.mambaspark.jobs;

import io.mambaspark.index.BuildListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells how far the build of an index is, a line for each step. */
final class IndexProgress implements BuildListener {
    private final PrintStream out;
    private final long started = System.nanoTime();
    private int rounds;

    IndexProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void planned(long documents, long bytes, int newRounds) {
        rounds = newRounds;
        line(
                "%,d %s to read, %,d bytes, in %,d %s.",
                documents, plural(documents, "document"), bytes, rounds, plural(rounds, "round"));
    }

    @Override
    public void roundDamaged(String round, String problem) {
        line("%s of an earlier build is damaged and is read again: %s.", round, problem);
    }

    @Override
    public void roundRead(int round) {
        line("Round %,d of %,d is read and put down.", round, rounds);
    }

    @Override
    public void indexing(long passages, int shards) {
        line("%,d %s go into %,d %s.", passages, plural(passages, "passage"), shards, plural(shards, "shard"));
    }

    /** Since the build began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static String plural(long count, String noun) {
        return count == 1 ? noun : noun + "s";
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

package io.mambaspark.jobs;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** Tells on standard error how far a job is: one line rewritten on a terminal, else a line every ten seconds. */
final class Progress implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration IN_LOG = Duration.ofSeconds(10);
    /** Back to the start of the line, and clear it. */
    private static final String REWRITE = "\r\u001B[K";

    private final SparkContext spark;
    private final JobCounters counters;
    private final Corpus corpus;
    private final PrintStream err = System.err;
    private final boolean terminal = isTerminal();
    private final TaskTotals totals = new TaskTotals();
    private final long started = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mamba-progress");
        thread.setDaemon(true);
        return thread;
    });

    private ScheduledFuture<?> ticks;

    private Progress(SparkContext spark, JobCounters counters, Corpus corpus) {
        this.spark = spark;
        this.counters = counters;
        this.corpus = corpus;
    }

    /** Starts telling. */
    static Progress of(Corpus corpus, JobCounters counters, SparkContext spark) {
        Progress progress = new Progress(spark, counters, corpus);
        spark.addSparkListener(progress.totals);
        long every = (progress.terminal ? ON_TERMINAL : IN_LOG).toMillis();
        progress.ticks =
                progress.clock.scheduleAtFixedRate(progress::tell, FIRST.toMillis(), every, TimeUnit.MILLISECONDS);
        return progress;
    }

    /** There is no asking for standard error alone; a console means that nobody redirected the other two. */
    @SuppressWarnings("SystemConsoleNull") // the very difference that is bridged here
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }

    private void tell() {
        ProgressReport report = new ProgressReport(
                totals.of(counters.documents().id()),
                totals.of(counters.bytes().id()),
                totals.of(counters.theirs().id()),
                totals.of(counters.tokens().id()),
                elapsed());
        String line = report.line(corpus.documents(), corpus.bytes());
        if (terminal) {
            err.print(REWRITE + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    /** Stops telling and tells the totals. */
    void finish() {
        close();
        ProgressReport report = new ProgressReport(
                counters.documents().value(),
                counters.bytes().value(),
                counters.theirs().value(),
                counters.tokens().value(),
                elapsed());
        err.println((terminal ? REWRITE : "") + report.closing(counters));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public void close() {
        ticks.cancel(false);
        clock.shutdownNow();
        spark.removeSparkListener(totals);
    }
}

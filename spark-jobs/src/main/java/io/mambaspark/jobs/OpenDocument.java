package io.mambaspark.jobs;

import io.mambaspark.text.CodePoints;
import io.mambaspark.text.Span;
import java.util.concurrent.TimeUnit;

/** A document that a task has opened and whose outcomes are awaited. */
final class OpenDocument {
    private final String id;
    private final long bytes;
    /** From the UTF-16 indices of its text to what leaves through Spark. */
    private final CodePoints codePoints;

    private final long opened = System.nanoTime();
    private long tokens;

    OpenDocument(DocumentSource source, String text) {
        this.id = source.id();
        this.bytes = source.bytes();
        this.codePoints = new CodePoints(text);
    }

    /** What its rows are called. */
    String id() {
        return id;
    }

    /** Its size as it is stored. */
    long bytes() {
        return bytes;
    }

    /** Counts tokens that were read. */
    void read(int more) {
        tokens += more;
    }

    /** How many tokens were read so far. */
    long tokens() {
        return tokens;
    }

    int start(Span span) {
        return codePoints.toCodePoint(span.start());
    }

    int end(Span span) {
        return codePoints.toCodePoint(span.end());
    }

    double seconds() {
        return (System.nanoTime() - opened) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}

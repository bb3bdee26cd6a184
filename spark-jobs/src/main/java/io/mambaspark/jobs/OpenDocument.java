package io.mambaspark.jobs;

import io.mambaspark.text.CodePoints;
import io.mambaspark.text.Span;
import java.util.concurrent.TimeUnit;

/**
 * A document that a task has opened and whose outcome is awaited.
 *
 * @param id         what its rows are called
 * @param bytes      its size as it is stored
 * @param codePoints from the UTF-16 indices of its text to what leaves through Spark
 * @param opened     when, in the nanoseconds of {@link System#nanoTime()}
 */
record OpenDocument(String id, long bytes, CodePoints codePoints, long opened) {
    static OpenDocument of(DocumentSource source, String text) {
        return new OpenDocument(source.id(), source.bytes(), new CodePoints(text), System.nanoTime());
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

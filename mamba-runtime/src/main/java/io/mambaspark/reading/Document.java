package io.mambaspark.reading;

import io.mambaspark.text.Span;
import java.util.List;

/**
 * A text to read.
 *
 * @param id        comes back with every {@link Outcome}
 * @param text      of any length; lone surrogates are read as U+FFFD
 * @param sentences rising, disjoint spans that are its sentences; null for those of the sentence splitter
 */
public record Document(String id, String text, List<Span> sentences) {
    /** A document whose sentences are found by the splitter. */
    public static Document of(String id, String text) {
        return new Document(id, text, null);
    }
}

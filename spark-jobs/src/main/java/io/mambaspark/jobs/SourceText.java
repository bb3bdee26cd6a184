package io.mambaspark.jobs;

import io.mambaspark.text.Span;
import java.util.List;

/**
 * The text of a document as a task reads it.
 *
 * @param text      what the file or the row holds, without a byte order mark
 * @param sentences the caller's own sentences in UTF-16 indices; null when the text is to be split
 * @param replaced  how many malformed byte sequences became U+FFFD
 */
record SourceText(String text, List<Span> sentences, long replaced) {}

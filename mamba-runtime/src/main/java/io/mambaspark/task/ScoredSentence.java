package io.mambaspark.task;

import io.mambaspark.text.Span;

/**
 * A sentence of a document.
 *
 * @param span    its place in the document, in UTF-16 indices
 * @param score   higher is more worth keeping; comparable within the document only
 * @param text    what the span covers
 * @param section the headings right above it; null if there is none, or the reader does not tell headings
 */
public record ScoredSentence(Span span, float score, String text, String section) {}

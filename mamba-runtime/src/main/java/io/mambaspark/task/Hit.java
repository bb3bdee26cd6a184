package io.mambaspark.task;

import io.mambaspark.text.Span;

/**
 * A passage that answers a query.
 *
 * @param rank    1 for the best
 * @param score   comparable within the document and query only
 * @param passage its number in the document, from 0
 * @param span    its place in the document, in UTF-16 indices
 * @param text    what the span covers
 */
public record Hit(int rank, float score, int passage, Span span, String text) {}

package io.mambaspark.task;

import io.mambaspark.text.Span;

/**
 * A passage that answers a query.
 *
 * @param rank      1 for the best
 * @param score     comparable within the document and query only
 * @param relevance in [0, 1], comparable between documents and queries; null if the reader has no rule for it
 * @param passage   its number in the document, from 0
 * @param span      its place in the document, in UTF-16 indices
 * @param text      what the span covers
 * @param section   the headings at its start or right above it; null if there is none, or the reader does not tell headings
 */
public record Hit(int rank, float score, Float relevance, int passage, Span span, String text, String section) {}

package io.mambaspark.task;

import io.mambaspark.text.Span;

/**
 * A vector of a text.
 *
 * @param passage    the passage's number in the document, from 0; 0 for a whole document or query
 * @param span       what the vector stands for, in UTF-16 indices
 * @param text       what the span covers
 * @param vector     {@code [dimension]}, unit length; must not be changed
 * @param tokensRead tokens that the vector stands for, all of which were read
 */
public record Embedding(int passage, Span span, String text, float[] vector, long tokensRead) {}

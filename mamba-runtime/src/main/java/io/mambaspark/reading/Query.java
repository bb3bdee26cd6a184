package io.mambaspark.reading;

/**
 * A query that was read.
 *
 * @param text   as it was asked
 * @param tokens of the text
 * @param vector {@code [dimension]}, unit length; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Query(String text, int tokens, float[] vector) {}

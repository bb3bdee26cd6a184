package io.mambaspark.index.shard;

import java.io.Serializable;

/**
 * What a shard stores of a passage.
 *
 * @param start its place in the document, in code points
 * @param end   behind its last code point
 * @param text  what lies there
 * @param kept  the kept columns as a JSON object; null if there are none
 */
public record StoredPassage(int start, int end, String text, String kept) implements Serializable {}

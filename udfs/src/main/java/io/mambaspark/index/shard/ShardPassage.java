package io.mambaspark.index.shard;

/**
 * A passage as a shard holds it.
 *
 * @param docId   names the document
 * @param passage its number in the document, from 0
 * @param start   its place in the document, in code points
 * @param end     behind its last code point
 * @param text    what lies there
 * @param vector  of unit length, as many numbers as the shard's dimension; must not be changed
 * @param kept    the kept columns as a JSON object; null if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ShardPassage(String docId, int passage, int start, int end, String text, float[] vector, String kept) {}

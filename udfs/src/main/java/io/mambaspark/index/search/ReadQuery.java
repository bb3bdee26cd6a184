package io.mambaspark.index.search;

import io.mambaspark.index.shard.LexicalQuery;
import java.io.Serializable;

/**
 * A query that is ready to be asked.
 *
 * @param number      unique in the search
 * @param id          as text; may be null
 * @param text        as it was asked
 * @param words       what is asked of the lexical half; null if that is not asked
 * @param vector      what is asked of the dense half; null if that is not asked; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReadQuery(long number, String id, String text, LexicalQuery words, float[] vector) implements Serializable {}

package io.mambaspark.text;

/**
 * A sentence, or what stands for one: a heading, a line of verse, a row of a table.
 *
 * @param span      where it is, without white space around it
 * @param words     how many words it has
 * @param candidate whether it is long enough to count as a sentence when sentences are scored
 * @param form      what it is
 */
public record Sentence(Span span, int words, boolean candidate, TextForm form) {}

package io.mambaspark.task;

import java.util.List;

/**
 * An extractive summary.
 *
 * @param text       the chosen sentences in document order; empty only for a blank document
 * @param sentences  the chosen sentences with their places
 * @param tokensRead tokens of the document, all of which were read
 * @param truncated  true if no sentence fitted and the best one was cut at a word
 */
public record Summary(String text, List<ScoredSentence> sentences, long tokensRead, boolean truncated) {}

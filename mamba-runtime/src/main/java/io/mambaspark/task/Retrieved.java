package io.mambaspark.task;

import java.util.List;

/**
 * The best passages of one document.
 *
 * @param hits       for each query, in their order, the hits, best first
 * @param tokensRead tokens of the document, all of which were read
 */
public record Retrieved(List<List<Hit>> hits, long tokensRead) {}

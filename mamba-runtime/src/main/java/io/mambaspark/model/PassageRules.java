package io.mambaspark.model;

/**
 * How passages of one document are ranked for a query: reader.json, {@code passage_selection}.
 *
 * @param k1              of BM25
 * @param b               of BM25
 * @param cosineWeight    of the cosine beside BM25 / Σidf
 * @param neighbourWeight of the passages before and after in the mean
 * @param foldAccents     whether terms are compared without accents
 */
public record PassageRules(float k1, float b, double cosineWeight, double neighbourWeight, boolean foldAccents) {}

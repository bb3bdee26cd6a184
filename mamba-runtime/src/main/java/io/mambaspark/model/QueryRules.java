package io.mambaspark.model;

/**
 * Which sentences a summary for a query takes: reader.json, {@code query_selection}.
 *
 * @param bm25      weight of z(BM25)
 * @param cosine    weight of z(cosine)
 * @param neighbour weight of the sentences before and after
 * @param salience  weight of z(salience)
 * @param k1        of BM25
 * @param b         of BM25
 * @param selection as for a summary, with the overrides for queries; null for the rule of version 1
 */
public record QueryRules(
        double bm25, double cosine, double neighbour, double salience, float k1, float b, SelectionRules selection) {
    /** The rule of readers without these keys. */
    public static final QueryRules VERSION_1 = new QueryRules(0.3, 0.7, 0.5, 0, 1.2f, 0.75f, null);
}

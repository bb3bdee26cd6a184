package io.mambaspark.model;

import java.io.Serializable;

/**
 * What a score says about relevance, comparable between documents and questions: reader.json, {@code relevance}.
 *
 * @param slope                of the score
 * @param length               of ln(passages)
 * @param intercept            the constant
 * @param nothingRelevantBelow a best passage below this answers nothing
 * @param sameSubjectBelow     the same where all documents are on one subject
 */
public record RelevanceRules(
        double slope, double length, double intercept, double nothingRelevantBelow, double sameSubjectBelow)
        implements Serializable {
    /**
     * The relevance of a passage, in [0, 1].
     *
     * @param score    x = bm25 / Σidf + weight · cosine
     * @param passages of the document, or of the index; at least 1
     */
    public double of(double score, long passages) {
        return 1 / (1 + Math.exp(-(slope * score - length * Math.log(passages) + intercept)));
    }
}

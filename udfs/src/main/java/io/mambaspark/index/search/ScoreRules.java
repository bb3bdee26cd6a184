package io.mambaspark.index.search;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.model.HybridRules;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.model.RelevanceRules;
import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.Map;

/**
 * How the model of an index makes one score of both halves, and what that says about relevance.
 *
 * @param hybrid    null in other modes
 * @param relevance null where it is not known
 */
record ScoreRules(HybridRules hybrid, RelevanceRules relevance) implements Serializable {
    private static final ScoreRules ONE_HALF = new ScoreRules(null, null);

    /**
     * Those of a search.
     *
     * @param profile of the model; null in lexical mode, which needs none
     * @throws MambaSqlException MAMBA_RELEVANCE_UNKNOWN if a least relevance is asked for where there is none
     */
    static ScoreRules of(SearchOptions options, ReaderProfile profile) {
        ScoreRules rules = options.mode() != Mode.HYBRID
                ? ONE_HALF
                : new ScoreRules(
                        profile.hybrid(),
                        profile.hybrid().form() == HybridRules.Form.IDF
                                ? profile.relevance().orElse(null)
                                : null);
        if (options.minRelevance() > 0 && rules.relevance == null) {
            throw MambaSqlException.of(
                    "MAMBA_RELEVANCE_UNKNOWN",
                    Map.of(
                            "value",
                            Double.toString(options.minRelevance()),
                            "mode",
                            options.mode().toString()));
        }
        return rules;
    }

    /**
     * The score of a passage.
     *
     * @param idfSum   of the query's terms over the whole index
     * @param mostBm25 the largest of the query over the index
     */
    float score(float bm25, float cosine, double idfSum, float mostBm25) {
        double whole = hybrid.form() == HybridRules.Form.IDF ? idfSum : mostBm25;
        return (float) ((whole == 0 ? 0 : bm25 / whole) + hybrid.cosineWeight() * cosine);
    }

    /**
     * The relevance of a passage with this score; null where it is not known.
     *
     * @param passages of the index, at least 1
     */
    Float relevance(float score, long passages) {
        return relevance == null ? null : (float) relevance.of(score, passages);
    }
}

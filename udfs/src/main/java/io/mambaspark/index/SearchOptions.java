package io.mambaspark.index;

import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * What a search asks for, beside its queries.
 *
 * @param numResults      the most rows of a query, 1 to {@value #MOST_RESULTS}
 * @param mode            by what passages are found
 * @param filter          a condition over doc_id, passage, start, end and the kept columns, in the language of filters that the
 *                        documentation lists, which a passage must meet before it is ranked; null for none
 * @param groupByDocument whether a document gives its best passage only
 * @param exact           whether all vectors are compared, instead of those that the graph leads to
 * @param allowPartial    whether shards that cannot be read are left out, and named in a column shards_missing
 * @param minRelevance    the least relevance of a row, 0 to 1; 0 for any, the only one where relevance is not known: in other
 *                        modes than hybrid, and with models that have no rule for it
 */
public record SearchOptions(
        int numResults,
        Mode mode,
        String filter,
        boolean groupByDocument,
        boolean exact,
        boolean allowPartial,
        double minRelevance)
        implements Serializable {
    /** More are a job of their own: {@code ORDER BY mamba_similarity(…)}. */
    public static final int MOST_RESULTS = 10_000;

    private static final SearchOptions DEFAULTS = new SearchOptions(10, Mode.HYBRID, null, false, false, false, 0);

    /**
     * Checks the numbers.
     *
     * @throws MambaSqlException MAMBA_NUM_RESULTS_INVALID or MAMBA_MIN_RELEVANCE_INVALID
     */
    public SearchOptions {
        Objects.requireNonNull(mode, "mode");
        if (numResults < 1 || numResults > MOST_RESULTS) {
            throw MambaSqlException.of(
                    "MAMBA_NUM_RESULTS_INVALID",
                    Map.of("value", Integer.toString(numResults), "limit", Integer.toString(MOST_RESULTS)));
        }
        if (!(minRelevance >= 0 && minRelevance <= 1)) {
            throw MambaSqlException.of("MAMBA_MIN_RELEVANCE_INVALID", Map.of("value", Double.toString(minRelevance)));
        }
    }

    /** Ten passages, by words and by meaning. */
    public static SearchOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another number of results. */
    public SearchOptions withNumResults(int newNumResults) {
        return new SearchOptions(newNumResults, mode, filter, groupByDocument, exact, allowPartial, minRelevance);
    }

    /** The same in another mode. */
    public SearchOptions withMode(Mode newMode) {
        return new SearchOptions(numResults, newMode, filter, groupByDocument, exact, allowPartial, minRelevance);
    }

    /** The same with another filter; null for none. */
    public SearchOptions withFilter(String newFilter) {
        return new SearchOptions(numResults, mode, newFilter, groupByDocument, exact, allowPartial, minRelevance);
    }

    /** The same with or without grouping. */
    public SearchOptions withGroupByDocument(boolean newGroupByDocument) {
        return new SearchOptions(numResults, mode, filter, newGroupByDocument, exact, allowPartial, minRelevance);
    }

    /** The same with or without the graph. */
    public SearchOptions withExact(boolean newExact) {
        return new SearchOptions(numResults, mode, filter, groupByDocument, newExact, allowPartial, minRelevance);
    }

    /** The same, with or without answers of an index of which a part is broken. */
    public SearchOptions withAllowPartial(boolean newAllowPartial) {
        return new SearchOptions(numResults, mode, filter, groupByDocument, exact, newAllowPartial, minRelevance);
    }

    /** The same with another least relevance; 0 for any. */
    public SearchOptions withMinRelevance(double newMinRelevance) {
        return new SearchOptions(numResults, mode, filter, groupByDocument, exact, allowPartial, newMinRelevance);
    }
}

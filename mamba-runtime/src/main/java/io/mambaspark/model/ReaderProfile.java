package io.mambaspark.model;

import io.mambaspark.text.TextNormalisation;
import java.util.OptionalInt;

/**
 * How a checkpoint wants text to be read, from its reader.json.
 *
 * @param version         the reader's own name of its version
 * @param normalisation   what is done to a text before it is tokenised
 * @param docMarker       the token before a document, if it has one
 * @param queryMarker     the token before a query, if it has one
 * @param separatorMarker the token between the two copies of a query, if it has one
 * @param denseWeight     weight of the cosine beside the scaled BM25 score in hybrid retrieval
 */
public record ReaderProfile(
        String version,
        TextNormalisation normalisation,
        OptionalInt docMarker,
        OptionalInt queryMarker,
        OptionalInt separatorMarker,
        float denseWeight) {
    /** Both halves of a hybrid score count alike where nothing was measured. */
    private static final float EVEN = 1f;

    /** The profile of a checkpoint without a reader.json: text as it is, no markers. */
    public static ReaderProfile plain() {
        return new ReaderProfile(
                "plain", TextNormalisation.NONE, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), EVEN);
    }
}

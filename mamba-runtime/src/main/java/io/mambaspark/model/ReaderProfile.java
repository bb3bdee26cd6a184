package io.mambaspark.model;

import io.mambaspark.text.FormRules;
import io.mambaspark.text.TextNormalisation;
import io.mambaspark.text.UnitRules;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a checkpoint wants text to be read and sentences and passages to be chosen, from its reader.json. What the file leaves out
 * is as in readers of version 1.
 *
 * @param version         the reader's own name of its version
 * @param normalisation   what is done to a text before it is tokenised
 * @param docMarker       the token before a document, if it has one
 * @param queryMarker     the token before a query, if it has one
 * @param separatorMarker the token between the two copies of a query, if it has one
 * @param units           how a text is cut into units
 * @param form            how the form of a unit is told
 * @param selection       which sentences a summary takes; empty for the rule of version 1: the best, one by one
 * @param query           which sentences a summary for a query takes
 * @param passages        how passages of one document are ranked; empty for the rule of version 1: as sentences for a query
 * @param hybrid          how BM25 and cosine make one score in an index
 * @param denseWeight     weight of the cosine in the form of {@code hybrid} that version 1 knows
 * @param relevance       what a score says about relevance; empty if that was not measured
 */
public record ReaderProfile(
        String version,
        TextNormalisation normalisation,
        OptionalInt docMarker,
        OptionalInt queryMarker,
        OptionalInt separatorMarker,
        UnitRules units,
        Optional<FormRules> form,
        Optional<SelectionRules> selection,
        QueryRules query,
        Optional<PassageRules> passages,
        HybridRules hybrid,
        float denseWeight,
        Optional<RelevanceRules> relevance) {
    /** Both halves of a hybrid score count alike where nothing was measured. */
    private static final float EVEN = 1f;

    /** The profile of a checkpoint without a reader.json: text as it is, no markers. */
    public static ReaderProfile plain() {
        return new ReaderProfile(
                "plain",
                TextNormalisation.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                UnitRules.PLAIN,
                Optional.empty(),
                Optional.empty(),
                QueryRules.VERSION_1,
                Optional.empty(),
                new HybridRules(HybridRules.Form.MAX, EVEN),
                EVEN,
                Optional.empty());
    }
}

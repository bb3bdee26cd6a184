package io.mambaspark.jobs;

import io.mambaspark.passage.PassageField;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Lists the relevant passages of all documents, query by query. */
final class PassageListing {
    private final Listing listing;
    private final List<String> queries;
    /** The least relevance of a passage that is shown. */
    private final double threshold;

    /** The query whose passages are being shown. */
    private int at;

    private int shown;
    private int irrelevant;
    private float bestIrrelevant;

    PassageListing(Listing listing, List<String> queries, double threshold) {
        this.listing = listing;
        this.queries = queries;
        this.threshold = threshold;
    }

    /**
     * Shows a passage unless it is irrelevant.
     *
     * @param hit of type {@link RetrieveTask#hit()}; ordered by query, best first
     */
    void show(String id, Row hit) {
        while (!queries.get(at).equals(hit.getAs("query"))) {
            endQuery();
        }
        Float relevance = hit.getAs(PassageField.RELEVANCE.column());
        if (relevance != null && relevance < threshold) {
            bestIrrelevant = Math.max(bestIrrelevant, relevance);
            irrelevant++;
            return;
        }
        shown++;
        listing.heading(queries.get(at), "");
        listing.paragraph(String.format(
                Locale.ROOT, "%d. %s: %s", shown, place(id, hit), hit.<String>getAs(PassageField.TEXT.column())));
    }

    private static String place(String id, Row hit) {
        Float relevance = hit.getAs(PassageField.RELEVANCE.column());
        String section = hit.getAs(PassageField.SECTION.column());
        return String.format(
                        Locale.ROOT,
                        "%s [%d, %d), ",
                        id == null ? "(no id)" : Printable.id(id),
                        hit.<Integer>getAs(PassageField.START.column()),
                        hit.<Integer>getAs(PassageField.END.column()))
                + (section == null ? "" : '"' + section + "\", ")
                + (relevance == null
                        ? String.format(Locale.ROOT, "score %.3f", hit.<Float>getAs(PassageField.SCORE.column()))
                        : String.format(Locale.ROOT, "relevance %.2f", relevance));
    }

    private void endQuery() {
        listing.heading(queries.get(at), "");
        if (shown == 0) {
            listing.paragraph("Nothing found" + (irrelevant == 0 ? "." : bestOfIrrelevant()));
        } else if (irrelevant > 0) {
            listing.paragraph(String.format(Locale.ROOT, "%,d more with a relevance below %s.", irrelevant, threshold));
        }
        at++;
        shown = 0;
        irrelevant = 0;
        bestIrrelevant = 0;
    }

    private String bestOfIrrelevant() {
        return String.format(
                Locale.ROOT,
                ": the best of %,d %s has a relevance of %.2f, below %s (--min-relevance 0 lists them).",
                irrelevant,
                irrelevant == 1 ? "passage" : "passages",
                bestIrrelevant,
                threshold);
    }

    /** Ends the list. */
    void end() {
        while (at < queries.size()) {
            endQuery();
        }
    }
}

package io.mambaspark.jobs;

import io.mambaspark.passage.PassageField;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** The rows of a search as people read them, with the queries for which there are none. */
final class SearchListing {
    private final Listing listing;
    private final List<SearchQuery> queries;
    private final double nothingBelow;
    private int next;

    /** @param nothingBelow the relevance below which a best passage answers nothing */
    SearchListing(Listing listing, List<SearchQuery> queries, double nothingBelow) {
        this.listing = listing;
        this.queries = queries;
        this.nothingBelow = nothingBelow;
    }

    /** Lists {@code rows}, which are in the order of the queries and have the number of theirs in front. */
    void print(Iterator<Row> rows) {
        while (rows.hasNext()) {
            Row row = rows.next();
            int query = row.getInt(0);
            nothingUpTo(query);
            heading(query);
            if (next <= query) {
                noteIfNothing(row);
            }
            next = query + 1;
            listing.paragraph(String.format(
                    Locale.ROOT,
                    "%d. %s [%d, %d) %.3f  %s",
                    row.<Integer>getAs(PassageField.RANK.column()),
                    Printable.id(row.<String>getAs(PassageField.DOC_ID.column())),
                    row.<Integer>getAs(PassageField.START.column()),
                    row.<Integer>getAs(PassageField.END.column()),
                    row.<Float>getAs(PassageField.SCORE.column()),
                    row.<String>getAs(PassageField.HIGHLIGHTED.column())));
        }
        nothingUpTo(queries.size());
        listing.end();
    }

    private void noteIfNothing(Row best) {
        int relevance =
                best.schema().getFieldIndex(PassageField.RELEVANCE.column()).isDefined()
                        ? best.fieldIndex(PassageField.RELEVANCE.column())
                        : -1;
        if (relevance >= 0 && !best.isNullAt(relevance) && best.getFloat(relevance) < nothingBelow) {
            listing.paragraph(String.format(
                    Locale.ROOT,
                    "Nothing found: the best passage has a relevance of %.2f. The nearest are:",
                    best.getFloat(relevance)));
        }
    }

    private void nothingUpTo(int query) {
        for (; next < query; next++) {
            heading(next);
            listing.paragraph("Nothing found.");
        }
    }

    private void heading(int query) {
        SearchQuery asked = queries.get(query);
        listing.heading(asked.text(), queries.size() == 1 ? "" : "(" + asked.id() + ")");
    }
}

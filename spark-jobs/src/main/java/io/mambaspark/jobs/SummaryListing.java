package io.mambaspark.jobs;

import io.mambaspark.task.SummaryFormat;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Lists summaries and, after the last one, the best passages of all documents. */
final class SummaryListing implements RowListing {
    private final Listing listing;
    private final SummaryFormat format;
    /** Null if only summaries were requested. */
    private final BestPassages passages;

    SummaryListing(Listing listing, SummaryFormat format, BestPassages passages) {
        this.listing = listing;
        this.format = format;
        this.passages = passages;
    }

    @Override
    public void show(Row row) {
        String id = row.getString(0);
        String about = String.format(
                Locale.ROOT,
                "%,d tokens, %.1f s on %s%s",
                row.<Long>getAs("tokens_read"),
                row.<Double>getAs("seconds"),
                row.<String>getAs("device"),
                row.<Boolean>getAs("truncated") ? ", cut at the word limit" : "");
        listing.heading(id, about);
        for (String paragraph : paragraphs(row.getAs("summary"))) {
            listing.paragraph(paragraph);
        }
        if (passages != null) {
            List<Row> hits = row.getList(row.fieldIndex(SummarizeTask.PASSAGES));
            hits.forEach(hit -> passages.add(id, hit));
        }
    }

    /** In running text a line may be a part of a paragraph; bullets and sections are lines. */
    private String[] paragraphs(String summary) {
        return summary.strip().split(format == SummaryFormat.TEXT ? "\\R\\s*\\R" : "\\R", -1);
    }

    @Override
    public void end() {
        if (passages != null) {
            passages.list();
        }
    }
}

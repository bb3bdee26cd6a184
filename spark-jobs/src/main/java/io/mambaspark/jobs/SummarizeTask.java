package io.mambaspark.jobs;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.task.ScoredSentence;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.Summary;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A summary of each document.
 *
 * @param maxWords the most words of a summary; 0 leaves the length to the model
 * @param query    what the summary is to answer; null for a general one
 */
record SummarizeTask(int maxWords, String query) implements DocumentTask<SummarizeTask.Told> {
    /** A summary, and on what it was made. */
    record Told(Summary summary, String device) {}

    @Override
    public StructType schema() {
        return StructType.fromDDL("id STRING, summary STRING,"
                + " sentences ARRAY<STRUCT<start: INT, end: INT, score: FLOAT, text: STRING>>,"
                + " tokens_read BIGINT, truncated BOOLEAN, device STRING, seconds DOUBLE, error STRING");
    }

    @Override
    public List<Column> order() {
        return List.of();
    }

    @Override
    public Outcomes<Told> read(MambaModel model, Iterator<Document> documents) {
        return new Summarizer(model, maxWords, query == null ? null : model.query(query))
                .summarize(documents)
                .map(summary -> new Told(summary, model.engine().device()));
    }

    @Override
    public List<Row> rows(OpenDocument document, Told told) {
        Summary summary = told.summary();
        Row[] sentences = summary.sentences().stream()
                .map(sentence -> row(document, sentence))
                .toArray(Row[]::new);
        return List.of(RowFactory.create(
                document.id(),
                summary.text(),
                sentences,
                summary.tokensRead(),
                summary.truncated(),
                told.device(),
                document.seconds(),
                null));
    }

    private static Row row(OpenDocument document, ScoredSentence sentence) {
        return RowFactory.create(
                document.start(sentence.span()), document.end(sentence.span()), sentence.score(), sentence.text());
    }

    @Override
    public void list(Row row, Listing listing) {
        String about = String.format(
                Locale.ROOT,
                "%,d tokens, %.1f s on %s%s",
                row.<Long>getAs("tokens_read"),
                row.<Double>getAs("seconds"),
                row.<String>getAs("device"),
                row.<Boolean>getAs("truncated") ? ", cut at the word limit" : "");
        listing.heading(row.getString(0), about);
        listing.paragraph(row.getAs("summary"));
    }
}

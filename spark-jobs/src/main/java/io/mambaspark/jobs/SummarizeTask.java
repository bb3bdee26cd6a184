package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Retrieved;
import io.mambaspark.task.ScoredSentence;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.Summary;
import io.mambaspark.task.SummaryFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A summary of each document and, from the same reading, the passages that answer questions.
 *
 * @param maxWords the most words of a summary; 0 leaves the length to the model
 * @param query    what the summary must answer; null for a general one
 * @param format   how it is printed
 * @param retrieve what else to find; null for nothing
 */
record SummarizeTask(int maxWords, String query, SummaryFormat format, RetrieveTask retrieve)
        implements DocumentTask<SummarizeTask.Told> {
    static final String PASSAGES = "passages";

    /** A summary, what was found (null unless requested), and the device that read. */
    record Told(Summary summary, Retrieved retrieved, String device) {}

    @Override
    public StructType schema() {
        StructType sentence = PassageField.nullableRows(
                PassageField.START, PassageField.END, PassageField.SCORE, PassageField.TEXT, PassageField.SECTION);
        StructType schema = new StructType()
                .add("id", DataTypes.StringType)
                .add("summary", DataTypes.StringType)
                .add("sentences", DataTypes.createArrayType(sentence))
                .add("tokens_read", DataTypes.LongType)
                .add("truncated", DataTypes.BooleanType)
                .add("device", DataTypes.StringType)
                .add("seconds", DataTypes.DoubleType);
        return (retrieve == null ? schema : schema.add(PASSAGES, new ArrayType(retrieve.hit(), false)))
                .add("error", DataTypes.StringType);
    }

    @Override
    public void check(ReaderProfile reader) {
        if (retrieve != null) {
            retrieve.check(reader);
        }
    }

    @Override
    public List<Column> order() {
        return List.of(col("id"));
    }

    @Override
    public Outcomes<Told> read(MambaModel model, Iterator<Document> documents) {
        List<Function<Document, Sink<?>>> sinks = new ArrayList<>();
        sinks.add(new Summarizer(model, maxWords, query == null ? null : model.query(query), format)::sink);
        if (retrieve != null) {
            sinks.add(retrieve.retriever(model)::sink);
        }
        return model.readOnce(documents, sinks).flatMap(all -> List.of(told(model, all)));
    }

    /** The error of either is the error of both: a row holds an error or values. */
    private static Outcome<Told> told(MambaModel model, Outcome<List<Outcome<?>>> all) {
        if (all.error() != null) {
            return new Outcome<>(all.id(), null, all.error());
        }
        for (Outcome<?> each : all.value()) {
            if (each.error() != null) {
                return new Outcome<>(all.id(), null, each.error());
            }
        }
        Summary summary = (Summary) all.value().get(0).value();
        Retrieved retrieved =
                all.value().size() == 1 ? null : (Retrieved) all.value().get(1).value();
        return new Outcome<>(
                all.id(), new Told(summary, retrieved, model.engine().device()), null);
    }

    @Override
    public List<Row> rows(OpenDocument document, Told told) {
        Summary summary = told.summary();
        List<Object> values = new ArrayList<>();
        values.add(document.id());
        values.add(summary.text());
        values.add(summary.sentences().stream()
                .map(sentence -> row(document, sentence))
                .toArray(Row[]::new));
        values.add(summary.tokensRead());
        values.add(summary.truncated());
        values.add(told.device());
        values.add(document.seconds());
        if (retrieve != null) {
            values.add(retrieve.hits(document, told.retrieved()).toArray(Row[]::new));
        }
        values.add(null);
        return List.of(RowFactory.create(values.toArray()));
    }

    private static Row row(OpenDocument document, ScoredSentence sentence) {
        return RowFactory.create(
                document.start(sentence.span()),
                document.end(sentence.span()),
                sentence.score(),
                sentence.text(),
                sentence.section());
    }

    @Override
    public RowListing rowListing(Listing listing, ReaderProfile reader) {
        return new SummaryListing(listing, format, retrieve == null ? null : retrieve.bestPassages(listing, reader));
    }
}

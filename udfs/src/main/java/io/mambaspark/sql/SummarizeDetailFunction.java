package io.mambaspark.sql;

import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.ScoredSentence;
import io.mambaspark.task.Summary;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@code mamba_summarize_detail(text [, max_words [, query [, format]]])}: STRUCT. */
public record SummarizeDetailFunction() implements ReadingFunction<Summary> {
    private static final StructType SENTENCE = PassageField.rows(
            PassageField.START, PassageField.END, PassageField.SCORE, PassageField.TEXT, PassageField.SECTION);

    private static final StructType DETAIL = new StructType()
            .add("summary", DataTypes.StringType)
            .add("sentences", DataTypes.createArrayType(SENTENCE, false))
            .add("tokens_read", DataTypes.LongType)
            .add("truncated", DataTypes.BooleanType)
            .add("device", DataTypes.StringType)
            .add("error", DataTypes.StringType);

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_summarize_detail",
            "Summarizes a text as mamba_summarize does, and says of what the summary is made. A text that cannot be read"
                    + " does not end the query: its error is in its row.",
            SummarizeFunction.ARGUMENTS,
            DETAIL,
            "The summary; its sentences with their start and end in code points from 0, end exclusive, and their scores,"
                    + " which are comparable within the text only, their text and their section, the headings above them; how many tokens were read; whether a sentence was cut to"
                    + " the limit; the device that read; the error, which is NULL if all went well and else stands alone."
                    + " NULL if the text or the query is NULL.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_summarize_detail('The cat slept.').tokens_read", "4")),
            "0.1.0",
            SummarizeFunction.ERRORS);

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean neverNull() {
        return true;
    }

    @Override
    public void check(Object[] known) {
        SummarizeFunction.check(DESCRIPTION.name(), known);
    }

    @Override
    public Sink<Summary> sink(TextReader reader, Document document, Object[] arguments) {
        return SummarizeFunction.summarizer(DESCRIPTION.name(), reader, arguments)
                .sink(document);
    }

    @Override
    public Object value(TextReader reader, String text, Summary summary) {
        List<ScoredSentence> sentences = summary.sentences();
        Places places =
                new Places(text, sentences.stream().map(ScoredSentence::span).toList());
        List<Row> rows = new ArrayList<>(sentences.size());
        for (int i = 0; i < sentences.size(); i++) {
            ScoredSentence sentence = sentences.get(i);
            rows.add(RowFactory.create(
                    places.start(i), places.end(i), sentence.score(), sentence.text(), sentence.section()));
        }
        return detail(reader, summary.text(), rows, summary.tokensRead(), summary.truncated());
    }

    @Override
    public Object blank(TextReader reader) {
        return detail(reader, "", List.of(), 0L, false);
    }

    @Override
    public Object failed(TextReader reader, MambaSqlException error) {
        return RowFactory.create(null, null, null, null, device(reader), error.getMessage());
    }

    private static Row detail(TextReader reader, String text, List<Row> sentences, long tokensRead, boolean truncated) {
        return RowFactory.create(text, sentences, tokensRead, truncated, device(reader), null);
    }

    private static String device(TextReader reader) {
        return reader.model().engine().device();
    }
}

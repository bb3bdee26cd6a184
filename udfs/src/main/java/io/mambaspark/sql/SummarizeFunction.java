package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.Summary;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_summarize(text [, max_words [, query [, format]]])}: STRING. */
public record SummarizeFunction() implements ReadingFunction<Summary> {
    static final List<Argument> ARGUMENTS = List.of(
            Argument.text("text", "What to summarize, of any length; all of it is read."),
            Argument.number(
                    "max_words",
                    50,
                    "The most words of the summary, a hard limit; 0 leaves its length to the reader: a tenth of the"
                            + " words, at least 50 and at most 1,000."),
            Argument.optionalText("query", "What the summary must answer, at most 1,024 tokens."),
            SummarySettings.FORMAT);

    static final List<String> ERRORS = List.of(
            "MAMBA_ARGUMENT_NOT_CONSTANT",
            "MAMBA_DOCUMENT_TOO_LARGE",
            "MAMBA_MAX_WORDS_INVALID",
            "MAMBA_QUERY_EMPTY",
            "MAMBA_QUERY_TOO_LONG",
            "MAMBA_NOT_A_NUMBER",
            "MAMBA_READING_FAILED",
            "MAMBA_SUMMARY_FORMAT_INVALID");

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_summarize",
            "Summarizes a text by its own sentences, in their order; with a query, by those that answer it.",
            ARGUMENTS,
            DataTypes.StringType,
            "The summary; a text within the limit is its own summary. NULL if the text or the query is NULL, '' for a blank"
                    + " text.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_summarize('The fire of London burned for four days in 1666. The cat slept.', 10)",
                    "The fire of London burned for four days in 1666.")),
            "0.1.0",
            ERRORS);

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    /** A summary is part of its text: it sorts and compares as the text does. */
    @Override
    public DataType resultType(List<DataType> arguments) {
        return arguments.get(0);
    }

    @Override
    public boolean neverNull() {
        return true;
    }

    @Override
    public void check(Object[] known) {
        check(DESCRIPTION.name(), known);
    }

    @Override
    public Sink<Summary> sink(TextReader reader, Document document, Object[] arguments) {
        return summarizer(DESCRIPTION.name(), reader, arguments).sink(document);
    }

    static void check(String function, Object[] known) {
        new SummarySettings((Integer) known[1], (String) known[2], (String) known[3]).check(function);
    }

    static Summarizer summarizer(String function, TextReader reader, Object[] arguments) {
        return new SummarySettings((Integer) arguments[1], (String) arguments[2], (String) arguments[3])
                .summarizer(function, reader);
    }

    @Override
    public Object value(TextReader reader, String text, Summary summary) {
        return summary.text();
    }

    @Override
    public Object blank(TextReader reader) {
        return "";
    }
}

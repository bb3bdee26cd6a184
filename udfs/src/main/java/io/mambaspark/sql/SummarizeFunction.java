package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.Summary;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_summarize(text [, max_words [, query]])}: STRING. */
public record SummarizeFunction() implements ReadingFunction<Summary> {
    static final List<Argument> ARGUMENTS = List.of(
            Argument.text("text", "What to summarize, of any length; all of it is read."),
            Argument.number(
                    "max_words",
                    50,
                    "The most words of the summary, a hard limit; 0 leaves its length to the reader: a tenth of the"
                            + " words, at least 50 and at most 1,000."),
            Argument.optionalText("query", "What the summary shall answer, at most 1,024 tokens."));

    static final List<String> ERRORS = List.of(
            "MAMBA_ARGUMENT_NOT_CONSTANT",
            "MAMBA_DOCUMENT_TOO_LARGE",
            "MAMBA_MAX_WORDS_INVALID",
            "MAMBA_QUERY_EMPTY",
            "MAMBA_QUERY_TOO_LONG",
            "MAMBA_NOT_A_NUMBER",
            "MAMBA_READING_FAILED");

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_summarize",
            "Summarizes a text by its own sentences, in their order; with a query, by those that answer it.",
            ARGUMENTS,
            DataTypes.StringType,
            "The summary; a text within the limit is its own summary. NULL if an argument is NULL, '' for a blank text.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_summarize('The cat slept. The fire of London burned for four days in 1666.', 10)",
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
        if (known[1] instanceof Integer maxWords && maxWords < 0) {
            throw MambaSqlException.of(
                    "MAMBA_MAX_WORDS_INVALID", Map.of("function", function, "value", Integer.toString(maxWords)));
        }
        if (known.length > 2) {
            QueryLimit.check(function, known[2]);
        }
    }

    static Summarizer summarizer(String function, TextReader reader, Object[] arguments) {
        Query query = arguments.length > 2 ? reader.query(function, (String) arguments[2]) : null;
        return new Summarizer(reader.model(), (Integer) arguments[1], query);
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

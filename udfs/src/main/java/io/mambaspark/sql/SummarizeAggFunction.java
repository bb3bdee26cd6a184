package io.mambaspark.sql;

import io.mambaspark.reading.Sink;
import io.mambaspark.task.Summary;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_summarize_agg(text [, max_words [, order_key [, query [, format]]]]) WITHIN GROUP (ORDER BY key)}: STRING. */
public record SummarizeAggFunction() implements MambaFunction {
    /** Where the arguments stand. */
    public static final int TEXT = 0;

    /** See {@link #TEXT}. */
    public static final int MAX_WORDS = 1;

    /** See {@link #TEXT}. */
    public static final int ORDER_KEY = 2;

    /** See {@link #TEXT}. */
    public static final int QUERY = 3;

    /** See {@link #TEXT}. */
    public static final int FORMAT = 4;

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_summarize_agg",
            "Summarizes the texts of a group of rows, read in order as one text, of which they are the parts with a blank"
                    + " line between two. The order is required, for groups of one row, too: WITHIN GROUP (ORDER BY ...), or"
                    + " order_key, ascending, where Spark has no place for that, or in a session that started with the"
                    + " functions the order of the window that it is called over. Alone in its SELECT, without DISTINCT or FILTER, it streams: Spark sorts the"
                    + " rows by group and order, and a group may be of any size. Else a group is held in memory up to"
                    + " spark.mamba.agg.maxBytes, compressed.",
            List.of(
                    Argument.text("text", "A part of what to summarize; NULL is no part."),
                    Argument.number(
                            "max_words",
                            50,
                            "The most words of a summary, a hard limit; 0 leaves its length to the reader: a tenth of the"
                                    + " words, at least 50 and at most 1,000."),
                    new Argument(
                            "order_key",
                            List.of(DataTypes.LongType),
                            Argument.Need.OPTIONAL,
                            null,
                            false,
                            "Where the part stands, instead of WITHIN GROUP; anything that sorts, but where functions are"
                                    + " not evaluated in batches, a number."),
                    Argument.constant(
                            "query",
                            DataTypes.StringType,
                            Argument.Need.OPTIONAL,
                            null,
                            "What the summary must answer, at most 1,024 tokens."),
                    SummarySettings.FORMAT),
            DataTypes.StringType,
            "The summary; a group within the limit is its own summary. NULL for a group without a text, '' if all its"
                    + " texts are blank.",
            List.of(
                    new FunctionDescription.Example(
                            "SELECT mamba_summarize_agg(t, 10, query => 'When did London burn?') WITHIN GROUP (ORDER BY page)"
                                    + " FROM VALUES (2, 'The cat slept.'), (1, 'The fire of London burned for four days in"
                                    + " 1666.') AS pages(page, t)",
                            "The fire of London burned for four days in 1666."),
                    new FunctionDescription.Example(
                            "SELECT mamba_summarize_agg(t, 10, page) FROM VALUES (2, 'The cat slept.'), (1, 'The fire of"
                                    + " London burned for four days in 1666.') AS pages(page, t)",
                            "The fire of London burned for four days in 1666.")),
            "0.1.0",
            List.of(
                    "MAMBA_AGG_ORDER_REQUIRED",
                    "MAMBA_AGG_TOO_LARGE",
                    "MAMBA_ARGUMENT_NOT_CONSTANT",
                    "MAMBA_DOCUMENT_TOO_LARGE",
                    "MAMBA_MAX_WORDS_INVALID",
                    "MAMBA_NOT_A_NUMBER",
                    "MAMBA_QUERY_EMPTY",
                    "MAMBA_QUERY_TOO_LONG",
                    "MAMBA_READING_FAILED",
                    "MAMBA_SUMMARY_FORMAT_INVALID"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    /** A summary is part of its text: it sorts and compares as the text does. */
    @Override
    public DataType resultType(List<DataType> arguments) {
        return arguments.get(TEXT);
    }

    @Override
    public void check(Object[] known) {
        settings(known).check(DESCRIPTION.name());
    }

    /** What a call asks for besides its texts and their order. */
    public static SummarySettings settings(Object[] arguments) {
        return new SummarySettings(
                (Integer) arguments[MAX_WORDS], (String) arguments[QUERY], (String) arguments[FORMAT]);
    }

    /** What a call without an order fails with: rows have none of their own, and a summary depends on it. */
    public static MambaSqlException orderRequired(String function) {
        return MambaSqlException.of("MAMBA_AGG_ORDER_REQUIRED", Map.of("function", function));
    }

    /** Draws the summary of a group from its reading. */
    public Sink<Summary> sink(TextReader reader, SummarySettings settings) {
        return settings.summarizer(DESCRIPTION.name(), reader).sinkOfTexts();
    }
}

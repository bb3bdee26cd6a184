package io.mambaspark.sql;

import io.mambaspark.reading.Query;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.SummaryFormat;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;

/**
 * How a text or a group is to be summarized; what is not known yet is null.
 *
 * @param maxWords the most words
 * @param query    what the summary must answer; null for nothing in particular
 * @param format   how it is printed
 */
public record SummarySettings(Integer maxWords, String query, String format) implements Serializable {
    /** The most words, of all functions that summarize. */
    static final int DEFAULT_WORDS = 50;

    /** The format, of all functions that summarize. */
    static final Argument FORMAT = Argument.constant(
            "format",
            DataTypes.StringType,
            Argument.Need.OPTIONAL,
            SummaryFormat.TEXT.label(),
            "How the summary is printed: text, bullets (a line with a dash each), or outline (a line per section of the"
                    + " text, after its heading).");

    /**
     * Refuses what cannot be right.
     *
     * @throws MambaSqlException MAMBA_MAX_WORDS_INVALID, MAMBA_QUERY_EMPTY or MAMBA_SUMMARY_FORMAT_INVALID
     */
    public void check(String function) {
        if (maxWords != null && maxWords < 0) {
            throw MambaSqlException.of(
                    "MAMBA_MAX_WORDS_INVALID", Map.of("function", function, "value", Integer.toString(maxWords)));
        }
        QueryLimit.check(function, query);
        if (format != null) {
            printed(function);
        }
    }

    private SummaryFormat printed(String function) {
        return Arrays.stream(SummaryFormat.values())
                .filter(known -> known.label().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() -> MambaSqlException.of(
                        "MAMBA_SUMMARY_FORMAT_INVALID",
                        Map.of(
                                "function",
                                function,
                                "value",
                                format,
                                "formats",
                                Arrays.stream(SummaryFormat.values())
                                        .map(SummaryFormat::label)
                                        .collect(Collectors.joining(", ")))));
    }

    /** What summarizes so. */
    Summarizer summarizer(String function, TextReader reader) {
        Query read = query == null ? null : reader.query(function, query);
        return new Summarizer(reader.model(), maxWords, read, printed(function));
    }
}

package io.mambaspark.jobs;

import io.mambaspark.task.SummaryFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "summarize",
        customSynopsis =
                "mamba-spark summarize (--input=PATH... | --table=NAME) [--max-words=N] [--query=TEXT] [OPTIONS]",
        sortOptions = false,
        footer = "",
        header = "Summarize documents of any length.",
        description =
                "%nPicks the sentences that tell most of each document, or that answer --query, in their order."
                        + "%n%nRows: id, summary, sentences (start, end, score, text, section), tokens_read, truncated, device, seconds,"
                        + " error; with --retrieve also passages (query, rank, score, start, end, text, relevance, section). start and end count code points: in SQL, substring(text, start + 1, end - start).%n")
final class SummarizeCommand implements Callable<Integer> {
    @Option(
            names = "--max-words",
            paramLabel = "N",
            defaultValue = "0",
            description = "The most words of a summary (default: 0, a tenth of the document, from 50 to 1,000).")
    private int maxWords;

    @Option(names = "--query", paramLabel = "TEXT", description = "Summarize what answers this question.")
    private String query;

    @Option(
            names = "--summary-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Format.class,
            description =
                    "How a summary is printed: text, bullets or outline (default: ${DEFAULT-VALUE}); outline has a"
                            + " line per section.")
    private SummaryFormat format;

    @Option(
            names = "--retrieve",
            paramLabel = "TEXT",
            description = "In the same reading, also find the passages that answer this; may be repeated.")
    private List<String> questions = List.of();

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "3",
            description = "The most passages of a document and --retrieve (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--min-relevance",
            paramLabel = "R",
            description = "Leave out passages with a relevance below this, from 0 to 1 (default: rows for all; the"
                    + " listing shows those from 0.5).")
    private Double minRelevance;

    @Option(
            names = "--sentences-column",
            paramLabel = "NAME",
            description = "A column array<struct<start,end>> with your own sentences, in code points of the text;"
                    + " the summary is chosen from these.")
    private String sentencesColumn;

    @Mixin
    private DocumentJob job;

    /** What {@code --summary-format} takes. */
    static final class Format implements ITypeConverter<SummaryFormat> {
        @Override
        public SummaryFormat convert(String value) {
            return Arrays.stream(SummaryFormat.values())
                    .filter(format -> format.label().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of text, bullets, outline but was '" + value + "'"));
        }
    }

    @Override
    public Integer call() {
        if (maxWords < 0) {
            throw new UsageException("--max-words must be 0 or more, not " + maxWords + ".");
        }
        if (query != null && query.isBlank()) {
            throw new UsageException("--query is blank: ask something, or leave it out for a general summary.");
        }
        RetrieveTask retrieve =
                questions.isEmpty() ? null : RetrieveTask.of("--retrieve", questions, topK, minRelevance);
        SummarizeTask task = new SummarizeTask(maxWords, query, format, retrieve);
        return job.run("summarize", task, Optional.ofNullable(sentencesColumn));
    }
}

package io.mambaspark.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retrieve",
        customSynopsis = "mamba-spark retrieve (--input=PATH... | --table=NAME) --query=TEXT... [--top-k=K] [OPTIONS]",
        sortOptions = false,
        footer = "",
        header = "Find the passages of each document that answer a question.",
        description = "%nReads each document once, whatever the number of questions."
                + "%n%nRows: id, query, rank, score, start, end, text, relevance (from 0 to 1, comparable between"
                + " documents), section, error; most relevant first. start and end count code points: in SQL,"
                + " substring(text, start + 1, end - start).%n")
final class RetrieveCommand implements Callable<Integer> {
    @Option(
            names = "--query",
            paramLabel = "TEXT",
            required = true,
            description = "What to look for; may be given several times.")
    private List<String> queries;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "10",
            description = "The most passages of a document and query (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--min-relevance",
            paramLabel = "R",
            description = "Leave out passages with a relevance below this, from 0 to 1 (default: rows for all; the"
                    + " listing shows those from 0.5).")
    private Double minRelevance;

    @Mixin
    private DocumentJob job;

    @Override
    public Integer call() {
        return job.run("retrieve", RetrieveTask.of("--query", queries, topK, minRelevance), Optional.empty());
    }
}

package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.model.RelevanceRules;
import io.mambaspark.passage.PassageField;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.batch.FilterCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "search",
        customSynopsis = "mamba-spark search --index=PATH (--query=TEXT | --queries=FILE) [--num-results=N] [OPTIONS]",
        sortOptions = false,
        footer = "",
        header = "Find the passages of an index that answer a question.",
        description = "%nSearches an index that the job index has built, in all of its documents."
                + "%n%nRows: query_id, rank, score, doc_id, passage, start, end, text, highlighted (the text with its best"
                + " sentence between two **), lexical_rank, dense_rank, the columns that were kept, and relevance (from 0 to 1). start and end count"
                + " code points: in SQL, substring(text, start + 1, end - start).%n")
final class SearchCommand implements Callable<Integer> {
    /** What {@code --mode} takes. */
    enum ModeName {
        hybrid,
        dense,
        lexical
    }

    private static final String ORDER = "__query_number";
    private static final StructType QUERIES = StructType.fromDDL("id STRING, text STRING, " + ORDER + " INT");

    @Option(
            names = "--index",
            paramLabel = "PATH",
            required = true,
            description = "The folder of the index, on any Hadoop file system.")
    private String index;

    @Option(names = "--query", paramLabel = "TEXT", description = "What to look for.")
    private String query;

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description = "Many queries, a line each: JSON with id and text, or an id, a tab and a text.")
    private String queries;

    @Option(
            names = "--num-results",
            paramLabel = "N",
            defaultValue = "10",
            description = "The most rows of a query, 1 to 10,000 (default: ${DEFAULT-VALUE}).")
    private int numResults;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "hybrid",
            description = "What counts: ${COMPLETION-CANDIDATES}; words are lexical, meaning is dense (default:"
                    + " ${DEFAULT-VALUE}).")
    private ModeName mode;

    @Option(names = "--group-by-document", description = "Give the best passage of each document only.")
    private boolean groupByDocument;

    @Option(
            names = "--filter",
            paramLabel = "SQL",
            description =
                    "A condition on doc_id, passage, start, end and the columns that were kept; other passages are"
                            + " not ranked.")
    private String filter;

    @Option(
            names = "--exact",
            description = "Compare the query with every vector, not only with those that a graph leads to.")
    private boolean exact;

    @Option(names = "--allow-partial", description = "Answer without the shards that are broken instead of failing.")
    private boolean allowPartial;

    @Option(
            names = "--min-relevance",
            paramLabel = "X",
            defaultValue = "0",
            description = "The least relevance of a row, 0 to 1, in hybrid mode (default: all rows).")
    private double minRelevance;

    @ArgGroup(validate = false, heading = "%nOutput:%n")
    private SearchOutput output = new SearchOutput();

    @ArgGroup(validate = false, heading = "%nModel:%n")
    private ModelOptions model = new ModelOptions();

    @Override
    public Integer call() {
        validate();
        model.checkpoint();
        try (JobSession session = JobSession.start("search")) {
            model.applyTo(session.spark());
            search(session.spark());
        }
        return 0;
    }

    private void validate() {
        if ((query == null) == (queries == null)) {
            throw new UsageException(
                    query == null
                            ? "There is nothing to look for: give --query or --queries."
                            : "Give --query or --queries, not both.");
        }
        if (query != null && query.isBlank()) {
            throw new UsageException("--query is blank: ask something.");
        }
        if (numResults < 1 || numResults > SearchOptions.MOST_RESULTS) {
            throw new UsageException(
                    "--num-results must be 1 to " + SearchOptions.MOST_RESULTS + ", not " + numResults + ".");
        }
        if (!(minRelevance >= 0 && minRelevance <= 1)) {
            throw new UsageException("--min-relevance must be 0 to 1, not " + minRelevance + ".");
        }
        if (minRelevance > 0 && mode != ModeName.hybrid) {
            throw new UsageException(
                    "--min-relevance needs --mode hybrid: a search by " + mode + " alone knows no relevance.");
        }
        if (filter != null) {
            checkFilter();
        }
        output.validate();
    }

    private void checkFilter() {
        try {
            FilterCondition.check(filter);
        } catch (MambaSqlException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void search(SparkSession spark) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Optional<JobOutput> folder = output.prepare("search", hadoop, written -> read(hadoop));
        List<SearchQuery> asked =
                query == null ? QueryFile.read(queries, hadoop) : List.of(new SearchQuery("0", query));
        SearchOptions options = new SearchOptions(
                numResults,
                Mode.of(mode.name()),
                filter,
                groupByDocument || output.ofDocuments(),
                exact,
                allowPartial,
                minRelevance);
        Dataset<Row> numbered = numbered(spark, asked);
        Dataset<Row> found = MambaIndex.open(spark, index).search(numbered.select("id", "text"), options);
        Dataset<Row> ordered = ordered(found, numbered, (long) asked.size() * numResults);
        folder.ifPresentOrElse(
                written -> written.write(path -> output.write(ordered.drop(ORDER), path)),
                () -> new SearchListing(Listing.onStandardOutput(), asked, nothingBelow(spark))
                        .print(ordered.toLocalIterator()));
    }

    /** A best passage of less relevance answers nothing. */
    private double nothingBelow(SparkSession spark) {
        return mode == ModeName.hybrid
                ? ModelChoice.of(MambaConf.of(spark))
                        .profile()
                        .relevance()
                        .map(RelevanceRules::nothingRelevantBelow)
                        .orElse(0.0)
                : 0;
    }

    private List<Place> read(Configuration hadoop) {
        List<Place> all = new ArrayList<>(model.places(hadoop));
        all.add(Place.of("--index", index, hadoop));
        if (queries != null) {
            all.add(Place.of("--queries", queries, hadoop));
        }
        return all;
    }

    private static Dataset<Row> numbered(SparkSession spark, List<SearchQuery> asked) {
        List<Row> rows = new ArrayList<>();
        for (SearchQuery each : asked) {
            rows.add(RowFactory.create(each.id(), each.text(), rows.size()));
        }
        return spark.createDataFrame(rows, QUERIES);
    }

    /** Rows in the order of the queries, the number of theirs in front. */
    private static Dataset<Row> ordered(Dataset<Row> found, Dataset<Row> numbered, long atMost) {
        Dataset<Row> numbers =
                numbered.select(numbered.col("id").as(PassageField.QUERY_ID.column()), numbered.col(ORDER));
        Dataset<Row> rows = found.join(broadcast(numbers), PassageField.QUERY_ID.column());
        List<String> columns = new ArrayList<>(List.of(found.columns()));
        return Results.inOrder(
                rows.select(ORDER, columns.toArray(new String[0])),
                atMost,
                List.of(col(ORDER), col(PassageField.RANK.column())));
    }
}

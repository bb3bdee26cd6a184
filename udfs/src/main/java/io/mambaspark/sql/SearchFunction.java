package io.mambaspark.sql;

import io.mambaspark.sql.Argument.Need;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is said about {@code mamba_search(index => …, query => …)}, a table of the passages of an index. */
public final class SearchFunction {
    /** Where the index is. */
    public static final Argument INDEX = Argument.constant(
            "index", DataTypes.StringType, Need.REQUIRED, null, "The folder of the index, on any Hadoop file system.");

    /** One query. */
    public static final Argument QUERY = Argument.constant(
            "query",
            DataTypes.StringType,
            Need.OPTIONAL,
            null,
            "What to look for, at most 1,024 tokens. Give this, or queries.");

    /** How many rows. */
    public static final Argument NUM_RESULTS = Argument.constant(
            "num_results", DataTypes.IntegerType, Need.OPTIONAL, 10, "The most rows of a query, 1 to 10,000.");

    /** What decides. */
    public static final Argument MODE = Argument.constant(
            "mode",
            DataTypes.StringType,
            Need.OPTIONAL,
            "hybrid",
            "What a score is made of: lexical is BM25 of the words, dense the cosine of the vectors, hybrid both.");

    /** Where to look. */
    public static final Argument FILTER = Argument.constant(
            "filter",
            DataTypes.StringType,
            Need.OPTIONAL,
            null,
            "A condition in SQL over doc_id, passage, start, end and the columns that were kept; only passages for which it"
                    + " is true are ranked.");

    /** Whether rows are documents. */
    public static final Argument GROUP_BY_DOCUMENT = Argument.constant(
            "group_by_document",
            DataTypes.BooleanType,
            Need.OPTIONAL,
            false,
            "Whether to give the best passage of each document only.");

    /** Whether all vectors are compared. */
    public static final Argument EXACT = Argument.constant(
            "exact",
            DataTypes.BooleanType,
            Need.OPTIONAL,
            false,
            "Whether to compare the query with every vector instead of walking the graph of near ones.");

    /** What if a shard is broken. */
    public static final Argument ALLOW_PARTIAL = Argument.constant(
            "allow_partial",
            DataTypes.BooleanType,
            Need.OPTIONAL,
            false,
            "Whether to answer without the shards that are broken instead of failing.");

    /** Many queries. */
    public static final Argument QUERIES = Argument.table(
            "queries",
            new StructType().add("id", DataTypes.StringType).add("text", DataTypes.StringType),
            "Many queries at once, by name only: queries => TABLE(name), or TABLE(SELECT …) in parentheses.");

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_search",
            "Finds the passages of an index that answer a query, in all of its documents.",
            List.of(INDEX, QUERY, NUM_RESULTS, MODE, FILTER, GROUP_BY_DOCUMENT, EXACT, ALLOW_PARTIAL, QUERIES),
            new StructType()
                    .add("query_id", DataTypes.StringType)
                    .add("rank", DataTypes.IntegerType, false)
                    .add("score", DataTypes.FloatType, false)
                    .add("doc_id", DataTypes.StringType, false)
                    .add("passage", DataTypes.IntegerType, false)
                    .add("start", DataTypes.IntegerType, false)
                    .add("end", DataTypes.IntegerType, false)
                    .add("text", DataTypes.StringType, false)
                    .add("highlighted", DataTypes.StringType, false)
                    .add("lexical_rank", DataTypes.IntegerType)
                    .add("dense_rank", DataTypes.IntegerType),
            "A row for each passage, best first within its query.",
            List.of(),
            "0.1.0",
            List.of());

    private SearchFunction() {}

    /** All of it. */
    public static FunctionDescription description() {
        return DESCRIPTION;
    }

    /** Refuses a query without words, before anything runs; null is one that is not known, or NULL. */
    public static void check(String query) {
        QueryLimit.check(DESCRIPTION.name(), query);
    }
}

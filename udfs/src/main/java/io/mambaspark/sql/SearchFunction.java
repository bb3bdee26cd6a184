package io.mambaspark.sql;

import io.mambaspark.passage.PassageField;
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
            "A condition over doc_id, passage, start, end and the columns that were kept, made of what"
                    + " [filters](index.md#filters) may have; only passages for which it is true are ranked.");

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

    /** What is too far off. */
    public static final Argument MIN_RELEVANCE = Argument.constant(
            "min_relevance",
            DataTypes.DoubleType,
            Need.OPTIONAL,
            null,
            "The least relevance of a row, 0 to 1, in hybrid mode: 0.5 leaves out what answers nothing, 0.9 is advised where"
                    + " all documents are on one subject.");

    /** Many queries. */
    public static final Argument QUERIES = Argument.table(
            "queries",
            new StructType().add("id", DataTypes.StringType).add("text", DataTypes.StringType),
            "Many queries at once, by name only: queries => TABLE(name), or TABLE(SELECT …) in parentheses.");

    /** Beside the id of the query and what was kept. */
    private static final PassageField[] RESULT = {
        PassageField.RANK,
        PassageField.SCORE,
        PassageField.DOC_ID,
        PassageField.PASSAGE,
        PassageField.START,
        PassageField.END,
        PassageField.TEXT,
        PassageField.HIGHLIGHTED,
        PassageField.LEXICAL_RANK,
        PassageField.DENSE_RANK,
        PassageField.RELEVANCE
    };

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_search",
            "Finds the passages of an index that answer a query, in all of its documents. It stands where a table stands; its"
                    + " arguments are constants, given by name or in this order.",
            List.of(
                    INDEX,
                    QUERY,
                    NUM_RESULTS,
                    MODE,
                    FILTER,
                    GROUP_BY_DOCUMENT,
                    EXACT,
                    ALLOW_PARTIAL,
                    MIN_RELEVANCE,
                    QUERIES),
            PassageField.rows(new StructType().add(PassageField.QUERY_ID.column(), DataTypes.IntegerType), RESULT),
            "A row for each passage that was found. query_id: the id of its query in queries, of its type there, or 0; "
                    + PassageField.meanings(RESULT)
                    + ". Before relevance are the columns that were kept, and with allow_partial "
                    + PassageField.meanings(PassageField.SHARDS_MISSING)
                    + ". Scores are comparable within the query only, in hybrid mode with the built-in model also between queries. No rows for a query that is NULL, or in queries blank.",
            List.of(new FunctionDescription.Example(
                    "SELECT doc_id, passage FROM mamba_search(index => '/data/library', query => 'Where did the cat sleep?',"
                            + " num_results => 1)",
                    "cat\t0")),
            "0.1.0",
            List.of(
                    "MAMBA_ARGUMENT_INVALID",
                    "MAMBA_ARGUMENT_NOT_CONSTANT",
                    "MAMBA_COLUMN_NOT_FOUND",
                    "MAMBA_COLUMN_NOT_TEXT",
                    "MAMBA_FILTER_NOT_ALLOWED",
                    "MAMBA_INDEX_CORRUPT",
                    "MAMBA_INDEX_DISK_FULL",
                    "MAMBA_INDEX_FORMAT_UNKNOWN",
                    "MAMBA_INDEX_MODEL_DIFFERS",
                    "MAMBA_INDEX_NOT_A_FOLDER",
                    "MAMBA_INDEX_NOT_FOUND",
                    "MAMBA_INDEX_NOT_WRITABLE",
                    "MAMBA_INDEX_NO_SHARD_LEFT",
                    "MAMBA_INDEX_PATH_INVALID",
                    "MAMBA_INDEX_SCHEME_UNKNOWN",
                    "MAMBA_INDEX_SHARD_BROKEN",
                    "MAMBA_INDEX_UNREADABLE",
                    "MAMBA_MIN_RELEVANCE_INVALID",
                    "MAMBA_NUM_RESULTS_INVALID",
                    "MAMBA_QUERY_EMPTY",
                    "MAMBA_QUERY_ID_REPEATED",
                    "MAMBA_QUERY_TOO_LONG",
                    "MAMBA_RELEVANCE_UNKNOWN",
                    "MAMBA_SEARCH_MODE_INVALID",
                    "MAMBA_SEARCH_QUERY_AMBIGUOUS"));

    private SearchFunction() {}

    /** All of it. */
    public static FunctionDescription description() {
        return DESCRIPTION;
    }
}

package io.mambaspark.index.search;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.ShardReader;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.KeptColumns;
import io.mambaspark.index.store.KeptJson;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.passage.PassageField;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.TextReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/**
 * Searches an index as it is at one version. What it gives is lazy: no job runs before the rows are asked for. Thread-safe.
 *
 * <p>The columns of a result: query_id (of the type that it has among the queries), rank INT from 1, score FLOAT, doc_id STRING,
 * passage INT, start INT and end INT (code points, the end exclusive), text STRING, highlighted STRING (the text with {@code **}
 * around the sentence that says most of the query by its words; unmarked if none does), lexical_rank INT and dense_rank INT
 * (among the best of that half; NULL if it is not among its best 200, or 10 times num_results if that is more), the kept columns,
 * with allow_partial shards_missing ARRAY of STRING (the shards that were left out), and last relevance FLOAT (from 0 to 1; an index
 * that keeps a column of this name has that one only).
 *
 * <p>The rows of an answer come together, in the order of their ranks. A query of a table that is NULL or blank has no rows; the
 * ids of blank ones are logged. Ids differ.
 */
public final class IndexSearch {
    private static final String ID = "id";
    private static final String TEXT = PassageField.TEXT.column();

    private static final StructType ONE_QUERY =
            new StructType().add(ID, DataTypes.IntegerType).add(TEXT, DataTypes.StringType);

    private final SparkSession spark;
    private final IndexFolder folder;
    private final Manifest manifest;
    private final ShardReader reader = ShardReader.opening();

    /** A search of the index in {@code folder} as {@code manifest} has it. */
    public IndexSearch(SparkSession spark, IndexFolder folder, Manifest manifest) {
        this.spark = spark;
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Searches for one query, whose id is 0.
     *
     * @param query null gives no rows
     * @throws MambaSqlException MAMBA_QUERY_EMPTY, MAMBA_QUERY_TOO_LONG, MAMBA_INDEX_MODEL_DIFFERS,
     *                        MAMBA_RELEVANCE_UNKNOWN or MAMBA_FILTER_NOT_ALLOWED
     * @throws org.apache.spark.sql.AnalysisException if the filter is no condition on the columns that there are
     */
    public Dataset<Row> search(String query, SearchOptions options) {
        ModelChoice model = model(options);
        if (query != null) {
            new TextReader(model, tokens -> {}).check(QueryReader.FUNCTION, query);
        }
        return search(spark.createDataFrame(List.of(RowFactory.create(0, query)), ONE_QUERY), 1, model, options);
    }

    /**
     * Searches for each row of {@code queries}.
     *
     * @param queries with a column id, which can be cast to a string and back, and a column text
     * @throws MambaSqlException MAMBA_COLUMN_NOT_FOUND, MAMBA_COLUMN_NOT_TEXT, MAMBA_INDEX_MODEL_DIFFERS,
     *                        MAMBA_RELEVANCE_UNKNOWN or MAMBA_FILTER_NOT_ALLOWED; and when it runs, MAMBA_QUERY_ID_REPEATED or MAMBA_QUERY_TOO_LONG
     * @throws org.apache.spark.sql.AnalysisException if the filter is no condition on the columns that there are
     */
    public Dataset<Row> search(Dataset<Row> queries, SearchOptions options) {
        return search(queries, spark.sparkContext().defaultParallelism(), model(options), options);
    }

    private Dataset<Row> search(Dataset<Row> queries, int queryParts, ModelChoice model, SearchOptions options) {
        DataType idType = type(queries, ID);
        if (!type(queries, TEXT).equals(DataTypes.StringType)) {
            throw notText(TEXT, type(queries, TEXT));
        }
        Dataset<Row> asked = queries.select(col(ID).cast("STRING"), col(TEXT));
        PassageFilter filter =
                options.filter() == null ? null : new PassageFilter(spark, folder, manifest, options.filter());
        SearchFlow flow = new SearchFlow(
                spark.sparkContext(),
                new SearchedIndex(folder, manifest.shards().toList(), manifest.terms(), reader),
                model,
                options,
                rules(model, options),
                MambaConf.INDEX_CACHE_BYTES.in(spark),
                queryParts);
        DeferredRdd rows = new DeferredRdd(
                spark.sparkContext(), () -> flow.rows(asked.javaRDD(), filter == null ? null : filter.bits()));
        rows.setName(QueryReader.FUNCTION);
        return shown(spark.createDataFrame(rows, AnswerRows.SCHEMA), idType, options);
    }

    private ScoreRules rules(ModelChoice model, SearchOptions options) {
        return ScoreRules.of(options, options.mode() == Mode.LEXICAL ? null : model.profile());
    }

    /** Unlike the others, a lexical search needs no model but for the length of its queries. */
    private ModelChoice model(SearchOptions options) {
        ModelChoice model = ModelChoice.of(MambaConf.of(spark));
        if (options.mode() != Mode.LEXICAL
                && !model.handle().fingerprint().equals(manifest.model().fingerprint())) {
            throw MambaSqlException.of(
                    "MAMBA_INDEX_MODEL_DIFFERS",
                    Map.of(
                            "index",
                            folder.root(),
                            "indexed",
                            manifest.model().name() + " (" + manifest.model().fingerprint() + ")",
                            "key",
                            MambaConf.MODEL.name(),
                            "model",
                            model.handle().location() + " (" + model.handle().fingerprint() + ")",
                            "command",
                            RebuildCommand.of(folder.root(), manifest)));
        }
        return model;
    }

    private static DataType type(Dataset<Row> queries, String column) {
        for (StructField field : queries.schema().fields()) {
            if (field.name().equalsIgnoreCase(column)) {
                return textual(column, field.dataType());
            }
        }
        throw MambaSqlException.of(
                "MAMBA_COLUMN_NOT_FOUND",
                Map.of(
                        "column",
                        column,
                        "columns",
                        String.join(", ", queries.schema().fieldNames())));
    }

    /** The type, if its values are strings and back. */
    private static DataType textual(String column, DataType type) {
        if (type instanceof StructType
                || type instanceof ArrayType
                || type instanceof MapType
                || type instanceof BinaryType
                || type instanceof VariantType) {
            throw notText(column, type);
        }
        return type;
    }

    private static MambaSqlException notText(String column, DataType type) {
        return MambaSqlException.of("MAMBA_COLUMN_NOT_TEXT", Map.of("column", column, "type", type.sql()));
    }

    private Dataset<Row> shown(Dataset<Row> result, DataType idType, SearchOptions options) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : result.schema().fields()) {
            String name = field.name();
            if (name.equals(PassageField.QUERY_ID.column())) {
                columns.add(col(name).cast(idType).as(name));
            } else if (name.equals(AnswerRows.KEPT)) {
                columns.addAll(kept());
            } else if (isShown(name, options)) {
                columns.add(col(name));
            }
        }
        return result.select(columns.toArray(Column[]::new));
    }

    private boolean isShown(String name, SearchOptions options) {
        if (name.equals(PassageField.SHARDS_MISSING.column())) {
            return options.allowPartial();
        }
        return !KeptColumns.isRelevance(name)
                || Arrays.stream(manifest.keptSchema().fieldNames()).noneMatch(KeptColumns::isRelevance);
    }

    private List<Column> kept() {
        StructType schema = manifest.keptSchema();
        List<Column> columns = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            columns.add(
                    KeptJson.read(col(AnswerRows.KEPT), schema).getField(name).as(name));
        }
        return columns;
    }
}

package io.mambaspark.index;

import io.mambaspark.index.build.BuildRequest;
import io.mambaspark.index.build.IndexBuilder;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A build of an index: said step by step, then started by {@link #create}, {@link #append} or {@link #replace}. The model is
 * that of the session ({@code spark.mamba.model}). For one thread.
 *
 * <pre>{@code
 * BuildReport report = MambaIndex.build(spark, "/data/library")
 *         .documents(spark.table("books"))
 *         .idColumn("isbn")
 *         .keepColumns("title", "year")
 *         .append();
 * }</pre>
 *
 * <p>A build that dies leaves the index as it was; what it had read is found by the next build with the same model, passages and
 * kept columns, and not read again. A document that cannot be read is told in the report and fails nothing else.
 *
 * <p>The table is gone through several times before anything is read: it should give the same rows each time.
 */
public final class IndexBuild {
    /** More would be more files than passages. */
    private static final int MOST_SHARDS = 100_000;

    private final SparkSession spark;
    private final String path;
    private Dataset<Row> documents;
    private String idColumn = "id";
    private String textColumn = "text";
    private List<String> keptColumns = List.of();
    private int shards;
    private Passages passages = Passages.RULE;
    private boolean singleWriter;
    private BuildListener listener = BuildListener.NONE;

    IndexBuild(SparkSession spark, String path) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.path = Objects.requireNonNull(path, "path");
        this.singleWriter = MambaConf.INDEX_SINGLE_WRITER.in(spark);
    }

    /** The table of documents: one row each. */
    public IndexBuild documents(Dataset<Row> newDocuments) {
        documents = Objects.requireNonNull(newDocuments, "documents");
        return this;
    }

    /** The column that names a document, cast to a string; {@code id} if this is not called. */
    public IndexBuild idColumn(String name) {
        idColumn = name;
        return this;
    }

    /** The column with the text; {@code text} if this is not called. */
    public IndexBuild textColumn(String name) {
        textColumn = name;
        return this;
    }

    /** Columns that are kept beside the passages, to be found with them and to filter by; none if this is not called. */
    public IndexBuild keepColumns(String... names) {
        keptColumns = List.of(names);
        return this;
    }

    /**
     * How many shards to make of the new passages; one for some 200,000 passages if this is not called.
     *
     * @throws MambaSqlException MAMBA_INDEX_SHARDS_INVALID
     */
    public IndexBuild shards(int number) {
        if (number < 1 || number > MOST_SHARDS) {
            throw MambaSqlException.of(
                    "MAMBA_INDEX_SHARDS_INVALID",
                    Map.of("value", Integer.toString(number), "limit", Integer.toString(MOST_SHARDS)));
        }
        shards = number;
        return this;
    }

    /** What of a document becomes a passage; {@link Passages#RULE} if this is not called. */
    public IndexBuild passages(Passages rule) {
        passages = rule;
        return this;
    }

    /**
     * Whether the caller answers for it that nobody else changes the index meanwhile: needed, and only needed, on a file
     * system that cannot create a file exclusively; {@code spark.mamba.index.singleWriter} if this is not called.
     */
    public IndexBuild singleWriter(boolean single) {
        singleWriter = single;
        return this;
    }

    /** Who hears how far the build is; nobody if this is not called. */
    public IndexBuild listener(BuildListener newListener) {
        listener = newListener;
        return this;
    }

    /**
     * Makes a new index.
     *
     * @throws MambaSqlException MAMBA_INDEX_EXISTS, or as {@link #append}
     */
    public BuildReport create() {
        return builder().create();
    }

    /**
     * Adds the documents to the index, or makes one if there is none: those that it has with the same content are passed
     * over, those that it has with other content are replaced. What counts as content is the text and the kept columns.
     *
     * @throws MambaSqlException MAMBA_INDEX_SETTINGS_DIFFER, MAMBA_INDEX_ID_REPEATED, MAMBA_INDEX_COLUMN_RESERVED,
     *                        MAMBA_COLUMN_NOT_FOUND, MAMBA_COLUMN_NOT_TEXT, MAMBA_INDEX_NO_EXCLUSIVE_CREATE or
     *                        MAMBA_INDEX_CONCURRENT_BUILD
     */
    public BuildReport append() {
        return builder().append();
    }

    /**
     * Makes an index of the documents in the place of the one that is there, if there is one.
     *
     * @throws MambaSqlException as {@link #append}
     */
    public BuildReport replace() {
        return builder().replace();
    }

    private IndexBuilder builder() {
        Objects.requireNonNull(documents, "documents(…) was not called");
        BuildRequest request = new BuildRequest(
                documents, idColumn, textColumn, keptColumns, shards, passages, singleWriter, listener);
        return new IndexBuilder(spark, IndexFolder.of(spark, path), request);
    }
}

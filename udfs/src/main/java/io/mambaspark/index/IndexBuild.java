package io.mambaspark.index;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A build of an index, described step by step; each step gives a new description. The model is that of the session ({@code
 * spark.mamba.model}).
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
 * kept columns, and not read again.
 */
public final class IndexBuild {
    private final SparkSession spark;
    private final String path;
    private final Options options;

    /**
     * What was asked for.
     *
     * @param documents    the table; null until it is given
     * @param shards       how many; 0 for as many as the passages need
     * @param singleWriter whether the caller answers for it that nobody else changes the index
     */
    record Options(
            Dataset<Row> documents,
            String idColumn,
            String textColumn,
            List<String> keptColumns,
            int shards,
            Passages passages,
            boolean singleWriter) {}

    IndexBuild(SparkSession spark, String path) {
        this(spark, path, new Options(null, "id", "text", List.of(), 0, Passages.RULE, false));
    }

    private IndexBuild(SparkSession spark, String path, Options options) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.path = Objects.requireNonNull(path, "path");
        this.options = options;
    }

    /** The table of documents: one row each. */
    public IndexBuild documents(Dataset<Row> documents) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        documents,
                        options.idColumn,
                        options.textColumn,
                        options.keptColumns,
                        options.shards,
                        options.passages,
                        options.singleWriter));
    }

    /** The column that names a document, cast to a string; {@code id} if this is not called. */
    public IndexBuild idColumn(String name) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        name,
                        options.textColumn,
                        options.keptColumns,
                        options.shards,
                        options.passages,
                        options.singleWriter));
    }

    /** The column with the text; {@code text} if this is not called. */
    public IndexBuild textColumn(String name) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        options.idColumn,
                        name,
                        options.keptColumns,
                        options.shards,
                        options.passages,
                        options.singleWriter));
    }

    /** Columns that are kept beside the passages, to be found with them and to filter by; none if this is not called. */
    public IndexBuild keepColumns(String... names) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        options.idColumn,
                        options.textColumn,
                        List.of(names),
                        options.shards,
                        options.passages,
                        options.singleWriter));
    }

    /** How many shards to make of the new passages; as many as they need if this is not called. */
    public IndexBuild shards(int shards) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        options.idColumn,
                        options.textColumn,
                        options.keptColumns,
                        shards,
                        options.passages,
                        options.singleWriter));
    }

    /** What of a document becomes a passage; {@link Passages#RULE} if this is not called. */
    public IndexBuild passages(Passages passages) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        options.idColumn,
                        options.textColumn,
                        options.keptColumns,
                        options.shards,
                        passages,
                        options.singleWriter));
    }

    /**
     * Whether the caller answers for it that nobody else changes the index meanwhile: needed, and only needed, on a file
     * system that cannot create a file exclusively.
     */
    public IndexBuild singleWriter(boolean singleWriter) {
        return new IndexBuild(
                spark,
                path,
                new Options(
                        options.documents,
                        options.idColumn,
                        options.textColumn,
                        options.keptColumns,
                        options.shards,
                        options.passages,
                        singleWriter));
    }

    /** Makes a new index. */
    public BuildReport create() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Adds the documents to the index, or makes one if there is none: those that it has with the same content are passed
     * over, those that it has with other content are replaced.
     */
    public BuildReport append() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Makes an index of the documents in the place of the one that is there. */
    public BuildReport replace() {
        throw new UnsupportedOperationException("not built yet");
    }
}

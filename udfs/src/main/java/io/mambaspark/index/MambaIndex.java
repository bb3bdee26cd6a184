package io.mambaspark.index;

import io.mambaspark.index.build.IndexChanges;
import io.mambaspark.index.build.Repair;
import io.mambaspark.index.search.IndexSearch;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An index of documents in a folder of any Hadoop file system, as it was when it was opened: later changes, also those that are
 * made through this object, are seen by opening it again. What was opened can be read until the second change after. Thread-safe.
 *
 * <pre>{@code
 * MambaIndex.build(spark, "hdfs:///library").documents(spark.table("books")).keepColumns("year").create();
 * MambaIndex.open(spark, "hdfs:///library").search("Who is the White Rabbit?", SearchOptions.defaults()).show();
 * }</pre>
 */
public final class MambaIndex {
    private final IndexFolder folder;
    private final Manifest manifest;
    private final IndexChanges changes;
    private final IndexSearch search;

    private MambaIndex(SparkSession spark, IndexFolder folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
        this.changes = new IndexChanges(spark, folder);
        this.search = new IndexSearch(spark, folder, manifest);
    }

    /**
     * Opens the index at {@code path}.
     *
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_INDEX_NOT_FOUND, MAMBA_INDEX_CORRUPT, MAMBA_INDEX_FORMAT_UNKNOWN,
     *     MAMBA_INDEX_NOT_A_FOLDER, MAMBA_INDEX_PATH_INVALID, MAMBA_INDEX_SCHEME_UNKNOWN or MAMBA_INDEX_UNREADABLE
     */
    public static MambaIndex open(SparkSession spark, String path) {
        IndexFolder folder = IndexFolder.of(spark, path);
        return new MambaIndex(spark, folder, new ManifestStore(folder).open());
    }

    /**
     * Finds what is damaged in the index at {@code path}, and what of it can be saved; an index of which {@link #open} says that it
     * is corrupt, too. Every file is read.
     *
     * @param apply whether to do what the report says; nothing is ever deleted
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_INDEX_NOT_FOUND, MAMBA_INDEX_FORMAT_UNKNOWN,
     *     MAMBA_INDEX_NO_EXCLUSIVE_CREATE, MAMBA_INDEX_CONCURRENT_BUILD, or that it cannot be read or written
     */
    public static RepairReport repair(SparkSession spark, String path, boolean apply) {
        return Repair.of(spark, IndexFolder.of(spark, path), apply);
    }

    /** A build of an index at {@code path}; nothing happens until it is started. */
    public static IndexBuild build(SparkSession spark, String path) {
        return new IndexBuild(spark, path);
    }

    /**
     * Takes documents out of the index; ids that it does not have are passed over. Their passages still take room, until
     * {@link #compact}.
     *
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_INDEX_NO_EXCLUSIVE_CREATE or MAMBA_INDEX_CONCURRENT_BUILD
     */
    public BuildReport delete(Collection<String> ids) {
        return changes.delete(ids);
    }

    /**
     * Writes the index anew, as one build would have made it, without what was deleted or replaced. Nothing is read by the
     * model.
     *
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_INDEX_NO_EXCLUSIVE_CREATE or MAMBA_INDEX_CONCURRENT_BUILD
     */
    public BuildReport compact() {
        return changes.compact();
    }

    /** What the index holds. */
    public IndexDescription describe() {
        return IndexDescription.of(folder, manifest);
    }

    /** Reads every file of the index and names those that are broken or missing; empty if all is well. */
    public List<Damage> verify() {
        return changes.verify(manifest);
    }

    /**
     * Searches for each row of {@code queries}, with the columns id and text; {@link IndexSearch} says what the rows of the result
     * hold. Lazy.
     *
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_COLUMN_NOT_FOUND, MAMBA_COLUMN_NOT_TEXT, MAMBA_INDEX_MODEL_DIFFERS,
     *     MAMBA_RELEVANCE_UNKNOWN or MAMBA_FILTER_NOT_ALLOWED; and when it runs, MAMBA_QUERY_ID_REPEATED or MAMBA_QUERY_TOO_LONG
     */
    public Dataset<Row> search(Dataset<Row> queries, SearchOptions options) {
        return search.search(queries, options);
    }

    /**
     * Searches for one query, whose id is 0. Lazy.
     *
     * @param query null gives no rows
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_QUERY_EMPTY, MAMBA_QUERY_TOO_LONG, MAMBA_INDEX_MODEL_DIFFERS,
     *     MAMBA_RELEVANCE_UNKNOWN or MAMBA_FILTER_NOT_ALLOWED
     */
    public Dataset<Row> search(String query, SearchOptions options) {
        return search.search(query, options);
    }
}

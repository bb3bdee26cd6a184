package io.mambaspark.index;

import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An index of documents in a folder of any Hadoop file system, as it was when it was opened: later changes are seen by
 * opening it again. Thread-safe.
 *
 * <pre>{@code
 * MambaIndex.build(spark, "hdfs:///library").documents(spark.table("books")).keepColumns("year").create();
 * MambaIndex.open(spark, "hdfs:///library").search("Who is the White Rabbit?", SearchOptions.defaults()).show();
 * }</pre>
 */
public final class MambaIndex {
    private MambaIndex() {}

    /**
     * Opens the index at {@code path}.
     *
     * @throws io.mambaspark.sql.MambaException MAMBA_INDEX_NOT_FOUND
     */
    public static MambaIndex open(SparkSession spark, String path) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Describes a build of an index at {@code path}; nothing happens until it is told to start. */
    public static IndexBuild build(SparkSession spark, String path) {
        return new IndexBuild(spark, path);
    }

    /**
     * Takes documents out of the index; ids that it does not have are passed over. Their passages still take room, until
     * {@link #compact}.
     */
    public BuildReport delete(Collection<String> ids) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Writes the index anew without what was deleted or replaced. Nothing is read by the model. */
    public BuildReport compact() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What the index holds. */
    public IndexDescription describe() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Reads every file of the index and names those that are broken or missing; empty if all is well. */
    public List<Damage> verify() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Searches for each row of {@code queries}, with the columns id and text. Lazy. */
    public Dataset<Row> search(Dataset<Row> queries, SearchOptions options) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Searches for one query, whose id is 0. Lazy. */
    public Dataset<Row> search(String query, SearchOptions options) {
        throw new UnsupportedOperationException("not built yet");
    }
}

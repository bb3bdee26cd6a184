package io.mambaspark.index.build;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.Damage;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.sql.MambaConf;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What can be done to an index without reading a document. Thread-safe. */
public final class IndexChanges {
    private final SparkSession spark;
    private final IndexFolder folder;

    /** Changes of the index in {@code folder}, as it is at each call. */
    public IndexChanges(SparkSession spark, IndexFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /** Takes documents out. */
    public BuildReport delete(Collection<String> ids) {
        return change(change -> {
            Manifest base = new ManifestStore(folder).open();
            Dataset<Row> gone =
                    spark.createDataset(List.copyOf(ids), Encoders.STRING()).toDF(Columns.DOC_ID);
            Deletion deletion = Deletion.of(live(base), folder, change.name(), base.generations(), gone);
            if (deletion.documents() == 0) {
                return BuildReport.unchanged(change.baseVersion());
            }
            change.commit(base.next(change.version(), deletion.generations()));
            return BuildReport.deletion(change.version(), deletion.documents());
        });
    }

    /** Writes what can be found anew, as one generation. */
    public BuildReport compact() {
        return change(change -> {
            Manifest base = new ManifestStore(folder).open();
            if (isCompact(base)) {
                return BuildReport.unchanged(change.baseVersion());
            }
            change.commit(base.next(
                    change.version(),
                    Compaction.of(spark, folder, change, base).stream().toList()));
            return BuildReport.unchanged(change.version());
        });
    }

    /** Compares every file with what it was when it was written. */
    public List<Damage> verify(Manifest manifest) {
        return new Verification(spark, folder).of(manifest);
    }

    private BuildReport change(Function<Change, BuildReport> work) {
        return Change.of(folder, MambaConf.INDEX_SINGLE_WRITER.in(spark), work);
    }

    private LivePassages live(Manifest base) {
        return new LivePassages(spark, folder, base.keptSchema());
    }

    private static boolean isCompact(Manifest manifest) {
        return manifest.generations().size() <= 1 && manifest.shards().allMatch(shard -> shard.deleted() == null);
    }
}

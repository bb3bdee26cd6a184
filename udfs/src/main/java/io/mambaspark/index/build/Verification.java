package io.mambaspark.index.build;

import io.mambaspark.index.Damage;
import io.mambaspark.index.store.FileComparison;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Reads every file that a manifest names, spread over the executors. */
final class Verification {
    private final SparkSession spark;
    private final IndexFolder folder;

    Verification(SparkSession spark, IndexFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /** What is wrong, by the names of the files. */
    List<Damage> of(Manifest manifest) {
        List<Damage> found = new ArrayList<>();
        new ManifestStore(folder).unreadable().forEach((name, problem) -> found.add(new Damage(name, problem)));
        found.addAll(ofFiles(manifest));
        found.sort(Comparator.comparing(Damage::file));
        return found;
    }

    /** The same of the files that a manifest names, in no order. */
    List<Damage> ofFiles(Manifest manifest) {
        return FileComparison.of(
                spark,
                folder,
                manifest.generations().stream().flatMap(Verification::files).toList());
    }

    private static Stream<StoredFile> files(Generation generation) {
        return Stream.concat(
                generation.passages().stream(), generation.shards().stream().flatMap(Verification::files));
    }

    private static Stream<StoredFile> files(ShardEntry shard) {
        Stream<StoredFile> lucene = luceneFiles(shard);
        return shard.deleted() == null
                ? lucene
                : Stream.concat(lucene, Stream.of(shard.deleted().file()));
    }

    /** The files of a shard without what is deleted of it. */
    static Stream<StoredFile> luceneFiles(ShardEntry shard) {
        return shard.files().stream().map(file -> file.named(shard.path() + '/' + file.name()));
    }
}

package io.mambaspark.index.build;

import io.mambaspark.index.Damage;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
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
        new ManifestStore(folder)
                .brokenAbove(manifest.version())
                .forEach((name, problem) -> found.add(new Damage(name, problem)));
        List<StoredFile> files =
                manifest.generations().stream().flatMap(Verification::files).toList();
        if (!files.isEmpty()) {
            Compare compare = new Compare(folder);
            found.addAll(JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(files, files.size())
                    .map(compare)
                    .filter(damage -> damage != null)
                    .collect());
        }
        found.sort(Comparator.comparing(Damage::file));
        return found;
    }

    private static Stream<StoredFile> files(Generation generation) {
        return Stream.concat(
                generation.passages().stream(), generation.shards().stream().flatMap(Verification::files));
    }

    private static Stream<StoredFile> files(ShardEntry shard) {
        Stream<StoredFile> lucene = shard.files().stream()
                .map(file -> new StoredFile(shard.path() + '/' + file.name(), file.length(), file.sha256()));
        return shard.deleted() == null
                ? lucene
                : Stream.concat(lucene, Stream.of(shard.deleted().file()));
    }

    /** Null for a file that is as it was. */
    private record Compare(IndexFolder folder) implements Function<StoredFile, Damage> {
        @Override
        public Damage call(StoredFile written) {
            try {
                StoredFile now = folder.stored(written.name());
                if (now.length() != written.length()) {
                    return new Damage(written.name(), "it has " + now.length() + " bytes, not " + written.length());
                }
                return now.equals(written)
                        ? null
                        : new Damage(written.name(), "its checksum is " + now.sha256() + ", not " + written.sha256());
            } catch (IOException e) {
                return new Damage(written.name(), "it cannot be read: " + e.getMessage());
            }
        }
    }
}

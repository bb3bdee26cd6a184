package io.mambaspark.index.build;

import io.mambaspark.index.Damage;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** What is damaged in an index, and what of it can be saved. Reads, and changes nothing. */
final class Salvage {
    private final ManifestStore store;
    private final Verification verification;
    private final Map<String, String> problems;
    private final List<Long> broken = new ArrayList<>();
    private final Optional<ManifestStore.Saved> source;

    /** Generations whose files are as they were written. */
    private final List<Generation> intact = new ArrayList<>();

    private final List<Generation> withoutShards = new ArrayList<>();
    private final List<Generation> withoutPassages = new ArrayList<>();

    Salvage(SparkSession spark, IndexFolder folder) {
        this.store = new ManifestStore(folder);
        this.verification = new Verification(spark, folder);
        List<Long> versions = store.versions();
        Map<String, String> unreadable = store.unreadable();
        this.problems = new TreeMap<>();
        for (long version : versions) {
            String problem = unreadable.get(ManifestStore.name(version));
            if (problem != null) {
                problems.put(ManifestStore.name(version), problem);
                broken.add(version);
            }
        }
        this.source = versions.stream()
                .map(store::saved)
                .flatMap(Optional::stream)
                .filter(saved ->
                        saved.sealed() || verification.ofFiles(saved.manifest()).isEmpty())
                .findFirst();
        source.map(ManifestStore.Saved::manifest).ifPresent(this::sort);
    }

    private void sort(Manifest manifest) {
        Map<String, String> damaged = new TreeMap<>();
        for (Damage damage : verification.ofFiles(manifest)) {
            damaged.put(damage.file(), damage.problem());
        }
        problems.putAll(damaged);
        for (Generation generation : manifest.generations()) {
            if (sourceOfTruth(generation).anyMatch(damaged::containsKey)) {
                withoutPassages.add(generation);
            } else if (lucene(generation).anyMatch(damaged::containsKey)) {
                withoutShards.add(generation);
            } else {
                intact.add(generation);
            }
        }
    }

    /** The files that nothing else can stand in for: without those of deletions, deleted documents would come back. */
    private static Stream<String> sourceOfTruth(Generation generation) {
        return Stream.concat(
                generation.passages().stream().map(StoredFile::name),
                generation.shards().stream()
                        .filter(shard -> shard.deleted() != null)
                        .map(shard -> shard.deleted().file().name()));
    }

    private static Stream<String> lucene(Generation generation) {
        return generation.shards().stream().flatMap(Verification::luceneFiles).map(StoredFile::name);
    }

    /** What is wrong with which file. */
    List<Damage> problems() {
        return problems.entrySet().stream()
                .map(problem -> new Damage(problem.getKey(), problem.getValue()))
                .toList();
    }

    /** The versions whose manifests are not whole, the highest first. */
    List<Long> broken() {
        return broken;
    }

    /** The highest manifest that can be saved; empty if none can. */
    Optional<ManifestStore.Saved> source() {
        return source;
    }

    /** Generations that stay as they are. */
    List<Generation> intact() {
        return intact;
    }

    /** Generations whose shards can be made again from their passages. */
    List<Generation> withoutShards() {
        return withoutShards;
    }

    /** Generations that are lost. */
    List<Generation> withoutPassages() {
        return withoutPassages;
    }
}

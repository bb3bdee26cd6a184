package io.mambaspark.index.build;

import io.mambaspark.index.RepairReport;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Repairs an index, step by step. Nothing is deleted: a manifest that is not whole is put aside, and keeps what it may name. If a
 * step is the last one that is done, the index is no worse than before it, and the next repair goes on.
 */
public final class Repair {
    private final SparkSession spark;
    private final IndexFolder folder;
    private final ManifestStore store;
    private final boolean singleWriter;
    private final Salvage salvage;
    private final List<Step> steps = new ArrayList<>();
    private long version;

    private Repair(SparkSession spark, IndexFolder folder) {
        this.spark = spark;
        this.folder = folder;
        this.store = new ManifestStore(folder);
        this.singleWriter = MambaConf.INDEX_SINGLE_WRITER.in(spark);
        this.salvage = new Salvage(spark, folder);
        plan();
    }

    /**
     * Something to do.
     *
     * @param sentence says it to people
     */
    private record Step(String sentence, Runnable action) {}

    /**
     * Finds what is damaged and what can be saved, and does so if that is wanted.
     *
     * @param apply whether anything is changed
     * @throws MambaSqlException MAMBA_INDEX_NOT_FOUND, MAMBA_INDEX_FORMAT_UNKNOWN, MAMBA_INDEX_NO_EXCLUSIVE_CREATE,
     *                        MAMBA_INDEX_CONCURRENT_BUILD, or that the index cannot be read or written
     */
    public static RepairReport of(SparkSession spark, IndexFolder folder, boolean apply) {
        if (new ManifestStore(folder).versions().isEmpty()) {
            throw MambaSqlException.of("MAMBA_INDEX_NOT_FOUND", Map.of("path", folder.root()));
        }
        Repair repair = new Repair(spark, folder);
        if (apply) {
            repair.store.requireExclusiveCreate(repair.singleWriter);
            repair.steps.forEach(step -> step.action.run());
        }
        return repair.report(apply);
    }

    private void plan() {
        salvage.source().ifPresent(source -> {
            version = source.manifest().version();
            if (!source.sealed()) {
                writeAgain(source.manifest());
            }
        });
        for (long broken : salvage.broken()) {
            steps.add(new Step(
                    "Put " + ManifestStore.name(broken) + " aside as " + ManifestStore.asideName(broken) + ".",
                    () -> store.putAside(broken)));
        }
        if (!salvage.withoutShards().isEmpty() || !salvage.withoutPassages().isEmpty()) {
            replaceGenerations();
        }
    }

    private void writeAgain(Manifest unsealed) {
        version = store.next();
        Manifest again = new Manifest(
                unsealed.format(),
                version,
                unsealed.previous(),
                unsealed.model(),
                unsealed.passages(),
                unsealed.keptColumns(),
                unsealed.terms(),
                unsealed.generations());
        steps.add(new Step(
                "Write " + ManifestStore.name(version) + " with the content of "
                        + ManifestStore.name(unsealed.version())
                        + ": all files that it names are as they were written.",
                () -> store.create(again, singleWriter)));
    }

    private void replaceGenerations() {
        version = Math.max(version + 1, store.next());
        List<String> parts = new ArrayList<>();
        if (!salvage.withoutShards().isEmpty()) {
            parts.add("make the shards of " + names(salvage.withoutShards()) + " again from their passages");
        }
        if (!salvage.withoutPassages().isEmpty()) {
            parts.add("leave out " + names(salvage.withoutPassages()) + ", whose passages are damaged: "
                    + documents(salvage.withoutPassages()) + " documents are to be appended again");
        }
        steps.add(new Step(
                "Write " + ManifestStore.name(version) + ": " + String.join("; ", parts) + ".",
                () -> Change.of(folder, singleWriter, this::replaced)));
    }

    private long replaced(Change change) {
        Manifest base = store.open();
        List<Generation> generations = new ArrayList<>(salvage.intact());
        Compaction.of(spark, folder, change, base.with(salvage.withoutShards())).ifPresent(generations::add);
        change.commit(base.next(change.version(), generations));
        return change.version();
    }

    private RepairReport report(boolean applied) {
        long documents = documents(Stream.concat(salvage.intact().stream(), salvage.withoutShards().stream())
                .toList());
        return new RepairReport(
                salvage.problems(),
                steps.stream().map(Step::sentence).toList(),
                applied,
                version,
                documents,
                documents(salvage.withoutPassages()));
    }

    private static String names(List<Generation> generations) {
        return generations.stream().map(Generation::name).collect(Collectors.joining(", "));
    }

    private static long documents(List<Generation> generations) {
        return generations.stream()
                .flatMap(generation -> generation.shards().stream())
                .mapToLong(ShardEntry::liveDocuments)
                .sum();
    }
}

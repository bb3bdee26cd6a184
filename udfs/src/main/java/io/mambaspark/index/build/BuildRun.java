package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.store.CleanUp;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaConf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The steps of one build: plan, read, put into shards, commit, forget the rounds. */
final class BuildRun {
    private static final String[] READING = {Columns.DOC_ID, Columns.CONTENT_HASH, Columns.BUILD};

    private final SparkSession spark;
    private final IndexFolder folder;
    private final BuildRequest request;
    private final Change change;
    private final Documents documents;
    private final Manifest manifest;
    private final Rounds rounds;
    private final LivePassages live;

    /** What came of the shards. */
    private record Committed(long version, Optional<Generation> added, Deletion deletion) {
        long passages() {
            return added.stream()
                    .flatMap(generation -> generation.shards().stream())
                    .mapToLong(ShardEntry::passages)
                    .sum();
        }
    }

    /** @param manifest as it will be, but for its generations, which are those to be kept */
    BuildRun(
            SparkSession spark,
            IndexFolder folder,
            BuildRequest request,
            Change change,
            Documents documents,
            Manifest manifest) {
        this.spark = spark;
        this.folder = folder;
        this.request = request;
        this.change = change;
        this.documents = documents;
        this.manifest = manifest;
        this.rounds = new Rounds(spark, folder, RoundSettings.of(manifest), documents.kept());
        this.live = new LivePassages(spark, folder, documents.kept());
    }

    /** @param adds whether to make no new version if there is nothing to add */
    BuildReport run(ReadDocuments task, boolean adds) {
        Optional<Dataset<Row>> left = rounds.left(request.listener());
        try (BuildPlan plan = new BuildPlan(spark, documents, known(), left)) {
            if (plan.counts().toRead() > 0) {
                read(plan, task);
            }
            Dataset<Row> own = rounds.of(change.name());
            ReadingSummary summary = ReadingSummary.of(own, plan.counts().withoutId());
            Optional<Dataset<Row>> adopted =
                    plan.adopted().map(done -> left.orElseThrow().join(done, READING, "left_semi"));
            Dataset<Row> rows = adopted.map(own::unionByName).orElse(own);
            long passages = summary.passages() + adopted.map(BuildRun::passages).orElse(0L);
            Committed committed = commit(rows, passages, adds);
            forgetRounds(plan);
            return report(plan.counts(), summary, committed);
        }
    }

    private Dataset<Row> known() {
        if (manifest.generations().isEmpty()) {
            return documents.rows().select(Columns.DOC_ID, Columns.CONTENT_HASH).limit(0);
        }
        return live.of(manifest.generations())
                .filter(col(Columns.PASSAGE).equalTo(0))
                .select(Columns.DOC_ID, Columns.CONTENT_HASH);
    }

    private void read(BuildPlan plan, ReadDocuments task) {
        long roundBytes = MambaConf.INDEX_ROUND_BYTES.in(spark);
        PartitionedDocuments partitioned =
                PartitionedDocuments.of(plan, roundBytes, spark.sparkContext().defaultParallelism());
        request.listener().planned(plan.counts().toRead(), plan.counts().bytes(), partitioned.rounds());
        rounds.read(change.name(), partitioned, task, request.listener());
    }

    private static long passages(Dataset<Row> rows) {
        return rows.filter(col(Columns.PASSAGE).isNotNull()).count();
    }

    private Committed commit(Dataset<Row> rows, long passages, boolean adds) {
        int shards = GenerationWriter.shards(request.shards(), passages);
        request.listener().indexing(passages, shards);
        Optional<Generation> added = new GenerationWriter(spark, folder, change.name(), manifest, documents.kept())
                .write(rows, IndexFolder.ROUNDS, shards);
        Dataset<Row> done =
                rows.filter(col(Columns.PASSAGE).isNull().and(col(Columns.ERROR).isNull()));
        Deletion deletion = Deletion.of(live, folder, change.name(), manifest.generations(), done);
        if (adds && added.isEmpty() && deletion.documents() == 0) {
            return new Committed(change.baseVersion(), added, deletion);
        }
        List<Generation> generations = new ArrayList<>(deletion.generations());
        added.ifPresent(generations::add);
        change.commit(manifest.with(generations));
        return new Committed(manifest.version(), added, deletion);
    }

    /**
     * Forgets this build, those of which everything is in the index now, and those that were there already when this one
     * started from its version; not one that this build has overtaken, as that will be tried again.
     */
    private void forgetRounds(BuildPlan plan) {
        if (!CleanUp.isAllowed(folder)) {
            return;
        }
        Set<String> used = new HashSet<>(plan.usedUp());
        used.add(change.name());
        rounds.forget(used, change.baseVersion());
    }

    private static BuildReport report(BuildPlan.Counts counts, ReadingSummary summary, Committed committed) {
        return new BuildReport(
                committed.version(),
                summary.documents(),
                counts.adopted(),
                counts.skipped(),
                committed.deletion().documents(),
                0,
                summary.failed(),
                summary.failures(),
                committed.passages(),
                summary.tokens());
    }
}

package io.mambaspark.index.build;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderHeads;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.ModelHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A build from start to end: checks what was asked for against what is there, and sets {@link BuildRun} going. */
public final class IndexBuilder {
    private final SparkSession spark;
    private final IndexFolder folder;
    private final BuildRequest request;

    /** A build of the index in {@code folder}. */
    public IndexBuilder(SparkSession spark, IndexFolder folder, BuildRequest request) {
        this.spark = spark;
        this.folder = folder;
        this.request = request;
    }

    /** Makes an index where there is none. */
    public BuildReport create() {
        return Change.of(folder, request.singleWriter(), change -> {
            change.base().ifPresent(there -> {
                throw MambaSqlException.of(
                        "MAMBA_INDEX_EXISTS", Map.of("path", folder.root(), "version", Long.toString(there.version())));
            });
            return build(change, Optional.empty());
        });
    }

    /** Adds to the index, or makes one. */
    public BuildReport append() {
        return Change.of(folder, request.singleWriter(), change -> build(change, change.base()));
    }

    /** Makes an index in the place of the one that is there. */
    public BuildReport replace() {
        return Change.of(folder, request.singleWriter(), change -> build(change, Optional.empty()));
    }

    /** @param old what is kept and added to */
    private BuildReport build(Change change, Optional<Manifest> old) {
        ModelChoice model = ModelChoice.of(MambaConf.of(spark));
        IndexModel indexModel = indexModel(model.handle());
        Documents documents = old.map(manifest -> Documents.of(request, manifest.keptSchema()))
                .orElseGet(() -> Documents.of(request));
        old.ifPresent(
                manifest -> SettingsCheck.check(folder, manifest, indexModel, request.passages(), documents.keptDdl()));
        Manifest manifest = new Manifest(
                old.map(Manifest::format).orElse(Manifest.FORMAT),
                change.version(),
                change.baseVersion(),
                indexModel,
                request.passages(),
                documents.keptDdl(),
                old.map(Manifest::terms).orElseGet(() -> IndexTerms.of(model.profile())),
                old.map(Manifest::generations).orElse(List.of()));
        ReadDocuments task =
                new ReadDocuments(model, request.passages(), !documents.kept().isEmpty());
        return new BuildRun(spark, folder, request, change, documents, manifest).run(task, old.isPresent());
    }

    private static IndexModel indexModel(ModelHandle handle) {
        Checkpoint checkpoint = ModelHandle.checkpoint(handle.location());
        int dimension = checkpoint
                .heads()
                .map(ReaderHeads::dEmbed)
                .orElseGet(() -> checkpoint.config().dModel());
        return new IndexModel(checkpoint.name(), handle.fingerprint(), dimension);
    }
}

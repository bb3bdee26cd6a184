package io.mambaspark.index.build;

import io.mambaspark.index.store.ChangeName;
import io.mambaspark.index.store.CleanUp;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.sql.MambaSqlException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One step from a version of an index to the next: it either becomes current as a whole, or leaves the index as it was.
 */
final class Change {
    private final IndexFolder folder;
    private final ManifestStore store;
    private final boolean singleWriter;
    private final Manifest base;
    private final long version;
    private final String name;

    private boolean mayBeCurrent;

    private Change(IndexFolder folder, boolean singleWriter) {
        this.folder = folder;
        this.store = new ManifestStore(folder);
        this.singleWriter = singleWriter;
        ManifestStore.State state = store.state();
        this.base = state.current().orElse(null);
        this.version = state.next();
        this.name = ChangeName.of(version);
    }

    /**
     * Does {@code work}, which commits if it has something to commit.
     *
     * @param singleWriter whether the caller answers for it that nobody else changes the index
     * @throws MambaSqlException MAMBA_INDEX_NO_EXCLUSIVE_CREATE, MAMBA_INDEX_CONCURRENT_BUILD, MAMBA_INDEX_CORRUPT, or another
     *                        condition of an index that cannot be read or written
     */
    static <R> R of(IndexFolder folder, boolean singleWriter, Function<Change, R> work) {
        new ManifestStore(folder).requireExclusiveCreate(singleWriter);
        Change change = new Change(folder, singleWriter);
        try {
            return work.apply(change);
        } catch (Throwable e) {
            // Also Spark's exceptions, which are checked and come without being declared.
            if (!change.mayBeCurrent) {
                CleanUp.abandoned(folder, change.name);
                change.explain(e);
            }
            throw e;
        }
    }

    /** Throws what is to be known instead of {@code e}, if that says less. */
    private void explain(Throwable e) {
        if (e instanceof MambaSqlException ours && !mayBeByAnother(ours)) {
            return;
        }
        try {
            // Another change may have deleted what this one was reading: that is then the cause.
            store.refuseIfChanged(baseVersion());
        } catch (MambaSqlException reason) {
            if (reason.getCondition().equals(ManifestStore.CONCURRENT)) {
                reason.addSuppressed(e);
                throw reason;
            }
            e.addSuppressed(reason);
        }
        Optional<MambaSqlException> reason = IndexFailure.ofJob(folder, e);
        if (reason.isPresent() && !(e instanceof MambaSqlException)) {
            throw reason.get();
        }
    }

    /** Of a file that is not what the manifest says, or not there. */
    private static boolean mayBeByAnother(MambaSqlException e) {
        return Set.of("MAMBA_INDEX_CORRUPT", "MAMBA_INDEX_UNREADABLE").contains(e.getCondition());
    }

    /** The manifest that the change starts from; empty if there is no index. */
    Optional<Manifest> base() {
        return Optional.ofNullable(base);
    }

    /** The version of that manifest; 0 if there is none. */
    long baseVersion() {
        return base == null ? 0 : base.version();
    }

    /** The version that the change makes. */
    long version() {
        return version;
    }

    /** Under which the files of the change lie. */
    String name() {
        return name;
    }

    /** Makes {@code manifest} current, and deletes what is of no use any more. */
    void commit(Manifest manifest) {
        try {
            mayBeCurrent = true;
            store.commit(manifest, singleWriter);
        } catch (MambaSqlException e) {
            mayBeCurrent = !e.getCondition().equals(ManifestStore.CONCURRENT);
            throw e;
        }
        CleanUp.after(folder, manifest, base);
    }
}

package io.mambaspark.index.store;

import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what neither the current manifest nor the one before names, so that those who opened the index just before a change
 * can still read. What belongs to a version that is still to come is left alone: the change that makes it may be under way.
 * What belongs to the current version or an older one cannot be of use to anybody: that version is taken. Deletes nothing while
 * there is a manifest that is not whole: nobody knows what it names.
 */
public final class CleanUp {
    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
    private static final List<String> OF_CHANGES =
            List.of(IndexFolder.PASSAGES, IndexFolder.SHARDS, IndexFolder.DELETED);

    private final IndexFolder folder;
    private final Manifest current;
    private final Set<String> named = new HashSet<>();

    private CleanUp(IndexFolder folder, Manifest current, List<Manifest> kept) {
        this.folder = folder;
        this.current = current;
        kept.stream().flatMap(CleanUp::files).forEach(this::name);
    }

    /**
     * Deletes what is of no use any more. An index is as good without it: what goes wrong is told in the log.
     *
     * @param previous the manifest that {@code current} was made from; null if there was none
     */
    public static void after(IndexFolder folder, Manifest current, Manifest previous) {
        if (!isAllowed(folder)) {
            return;
        }
        List<Manifest> kept = previous == null ? List.of(current) : List.of(current, previous);
        try {
            new CleanUp(folder, current, kept).run();
        } catch (IOException | MambaSqlException e) {
            LOG.warn("{} could not be cleaned up; the next change will try again", folder.root(), e);
        }
    }

    /** Whether anything of the index may be deleted: every manifest can be read. */
    public static boolean isAllowed(IndexFolder folder) {
        try {
            Set<String> unreadable = new ManifestStore(folder).unreadable().keySet();
            if (!unreadable.isEmpty()) {
                LOG.warn(
                        "Nothing in {} is deleted, because {} may name it: see the job index repair",
                        folder.root(),
                        unreadable);
            }
            return unreadable.isEmpty();
        } catch (MambaSqlException e) {
            LOG.warn("{} could not be cleaned up; the next change will try again", folder.root(), e);
            return false;
        }
    }

    /** Deletes the files of a change that will not come to be; those that were read for it stay for the next build. */
    public static void abandoned(IndexFolder folder, String change) {
        for (String kind : OF_CHANGES) {
            try {
                folder.delete(kind + '/' + change);
            } catch (IOException | MambaSqlException e) {
                LOG.warn("{} could not be deleted; a later change will try again", folder.at(kind + '/' + change), e);
            }
        }
    }

    private static Stream<String> files(Manifest manifest) {
        return manifest.generations().stream()
                .flatMap(generation -> Stream.concat(
                        generation.passages().stream().map(StoredFile::name),
                        generation.shards().stream()
                                .flatMap(shard -> Stream.concat(
                                        Stream.of(shard.path()),
                                        Stream.ofNullable(shard.deleted())
                                                .map(deleted -> deleted.file().name())))));
    }

    /** A file and all folders that it lies in. */
    private void name(String file) {
        for (int end = file.length(); end > 0; end = file.lastIndexOf('/', end - 1)) {
            named.add(file.substring(0, end));
        }
    }

    private void run() throws IOException {
        for (String kind : OF_CHANGES) {
            for (String change : folder.names(kind)) {
                if (ChangeName.version(change).orElse(Long.MAX_VALUE) <= current.version()) {
                    clean(kind + '/' + change);
                }
            }
        }
        for (long version : new ManifestStore(folder).versions()) {
            if (version < current.version() && version != current.previous()) {
                folder.delete(ManifestStore.name(version));
            }
        }
    }

    private void clean(String change) throws IOException {
        if (!named.contains(change)) {
            folder.delete(change);
            return;
        }
        for (String name : folder.names(change)) {
            if (!named.contains(change + '/' + name)) {
                folder.delete(change + '/' + name);
            }
        }
    }
}

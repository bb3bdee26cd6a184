package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.MambaSqlException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of shards in a folder that is this JVM's own and goes with it. Each copy gets a new folder there, whose name nobody can
 * foresee; files in it are created, never replaced, and links are not followed. So nothing outside is touched, whatever the names
 * in a manifest are.
 */
final class LocalCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    /** Enough to see which shard it is. */
    private static final int SHORT_DIGEST = 16;

    private final ShardCache.Place place;
    /** The last one is in use; those before were deleted by somebody who tidied up, with shards that are still open. */
    private final List<Path> roots = new CopyOnWriteArrayList<>();

    LocalCopies(ShardCache.Place place) {
        this.place = place;
    }

    /**
     * Copies a shard, checking each file on its way.
     *
     * @return the folder of the copy
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN, MAMBA_INDEX_DISK_FULL or MAMBA_INDEX_NOT_WRITABLE
     */
    Path copy(IndexFolder folder, ShardEntry entry) {
        Path local = create(entry);
        try {
            long started = System.nanoTime();
            for (StoredFile file : entry.files()) {
                copy(folder, entry, file, local);
            }
            LOG.info(
                    "Copied the shard {} of {}, {} MiB, in {} ms",
                    entry.path(),
                    folder.root(),
                    entry.bytes() >> 20,
                    (System.nanoTime() - started) / 1_000_000);
            return local;
        } catch (RuntimeException | Error e) {
            delete(local);
            throw e;
        }
    }

    /** Deletes a copy. */
    void delete(Path local) {
        if (!roots.contains(local.getParent())) {
            throw new IllegalArgumentException(local + " is no copy in " + roots);
        }
        deleteAll(local);
    }

    private void copy(IndexFolder folder, ShardEntry entry, StoredFile file, Path local) {
        if (!file.hasPlainName()) {
            throw broken(folder, entry, "'" + file.name() + "' is not the plain name of a file", null);
        }
        String path = entry.path() + "/" + file.name();
        try (InputStream in = folder.open(path);
                OutputStream out = new LocalFile(local.resolve(file.name()))) {
            StoredFile found = file.copyNow(in, out);
            if (!found.equals(file)) {
                throw broken(
                        folder,
                        entry,
                        path + " has " + found.length() + " bytes with the checksum " + found.sha256() + ", not "
                                + file.length() + " with " + file.sha256(),
                        null);
            }
        } catch (IOException | FSError e) {
            throw unread(folder, entry, path, e);
        }
    }

    /** What cannot be read is the shard's fault; what cannot be written is ours. */
    private final class LocalFile extends FilterOutputStream {
        private final Path file;

        private LocalFile(Path file) {
            super(created(file));
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw IndexFailure.writing(file.toString(), e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw IndexFailure.writing(file.toString(), e);
            }
        }
    }

    private OutputStream created(Path file) {
        try {
            return place.create(file);
        } catch (IOException e) {
            throw IndexFailure.writing(file.toString(), e);
        }
    }

    /** A file of a shard that cannot be read. */
    static MambaSqlException unread(IndexFolder folder, ShardEntry entry, String path, Throwable cause) {
        return broken(folder, entry, path + " cannot be read: " + cause, cause);
    }

    static MambaSqlException broken(IndexFolder folder, ShardEntry entry, String problem, Throwable cause) {
        return MambaSqlException.of(
                ShardCache.BROKEN, Map.of("shard", entry.path(), "index", folder.root(), "problem", problem), cause);
    }

    private Path create(ShardEntry entry) {
        try {
            return Files.createTempDirectory(root(), entry.digest().substring(0, SHORT_DIGEST) + '-');
        } catch (IOException | UnsupportedOperationException e) {
            throw IndexFailure.writing(place.find().toString(), e);
        }
    }

    private synchronized Path root() throws IOException {
        Path last = roots.isEmpty() ? null : roots.get(roots.size() - 1);
        if (last != null && Files.isDirectory(last, LinkOption.NOFOLLOW_LINKS)) {
            return last;
        }
        Path root = Files.createTempDirectory(place.find(), "mamba-shards-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAll(root), "mamba-shards-end"));
        roots.add(root);
        return root;
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The copies of shards in {} cannot be deleted: they take up room until somebody does", folder, e);
        }
    }
}

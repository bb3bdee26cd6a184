package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of shards in a folder that is this JVM's own and goes with it. */
final class LocalCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    private final ShardCache.Place place;
    private Path root;

    LocalCopies(ShardCache.Place place) {
        this.place = place;
    }

    /**
     * Copies a shard, checking each file on its way.
     *
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN
     */
    Path copy(IndexFolder folder, ShardEntry entry) {
        Path local = root().resolve(entry.checksum());
        deleteAll(local); // what a copy that failed has left
        create(local);
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
    }

    void delete(String checksum) {
        deleteAll(root().resolve(checksum));
    }

    private static void copy(IndexFolder folder, ShardEntry entry, StoredFile file, Path local) {
        String path = entry.path() + "/" + file.name();
        try (OutputStream out = Files.newOutputStream(local.resolve(file.name()))) {
            StoredFile found = read(folder, entry, file.name(), path, out);
            if (!found.equals(file)) {
                throw broken(
                        folder,
                        entry,
                        path + " has " + found.length() + " bytes with the checksum " + found.sha256() + ", not "
                                + file.length() + " with " + file.sha256(),
                        null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a shard cannot be copied to " + local, e);
        }
    }

    /** What cannot be read is the shard's fault; what cannot be written is ours. */
    private static StoredFile read(IndexFolder folder, ShardEntry entry, String name, String path, OutputStream out) {
        try (InputStream in = folder.open(path)) {
            return StoredFile.copied(name, in, out);
        } catch (IOException e) {
            throw broken(folder, entry, path + " cannot be read: " + e, e);
        }
    }

    private static MambaSqlException broken(IndexFolder folder, ShardEntry entry, String problem, IOException cause) {
        return MambaSqlException.of(
                "MAMBA_INDEX_SHARD_BROKEN",
                Map.of("shard", entry.path(), "index", folder.root(), "problem", problem),
                cause);
    }

    private synchronized Path root() {
        if (root == null) {
            try {
                root = Files.createTempDirectory(place.find(), "mamba-shards-");
            } catch (IOException e) {
                throw new UncheckedIOException("shards cannot be kept in " + place.find(), e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAll(root), "mamba-shards-end"));
        }
        return root;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("shards cannot be kept in " + folder, e);
        }
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("The copies of shards in {} cannot be deleted: they take up room until somebody does", folder, e);
        }
    }
}

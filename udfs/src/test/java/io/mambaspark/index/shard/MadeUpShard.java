package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Shards in the folder of an index, as a build would have left them. */
public final class MadeUpShard {
    /** Of the built-in model. */
    public static final IndexTerms TERMS = IndexTerms.of(Checkpoint.builtIn().profile());

    private MadeUpShard() {}

    /** Writes a shard. */
    public static ShardEntry write(Path index, int number, List<ShardPassage> passages) {
        String path = "shards/000001-0000000000000000/" + number;
        try (ShardWriter writer =
                new ShardWriter(index.resolve(path), passages.get(0).vector().length, TERMS)) {
            passages.forEach(writer::add);
            writer.finish();
        }
        long documents = passages.stream().map(ShardPassage::docId).distinct().count();
        return ShardEntry.of(number, path, documents, passages.size(), files(index.resolve(path), ""));
    }

    /** The entry that a stranger writes for what is in the folder of a shard now: its checksums are those of the files. */
    public static ShardEntry forged(Path index, ShardEntry entry) {
        return ShardEntry.of(
                entry.number(),
                entry.path(),
                entry.documents(),
                entry.passages(),
                files(index.resolve(entry.path()), ""));
    }

    /** The files of a folder, but for those that Spark's tools pass over. */
    public static List<StoredFile> files(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().matches("_SUCCESS|\\..*"))
                    .sorted()
                    .map(file -> stored(file, prefix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredFile stored(Path file, String prefix) {
        try (InputStream in = Files.newInputStream(file)) {
            return StoredFile.read(prefix + file.getFileName(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

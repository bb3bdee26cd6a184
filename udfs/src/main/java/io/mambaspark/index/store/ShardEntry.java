package io.mambaspark.index.store;

import java.io.Serializable;
import java.util.List;

/**
 * A Lucene index of one segment, whose document numbers are the ordinals of the passages in the generation's Parquet files.
 *
 * @param number    in its generation, from 0: the column {@code shard} of the Parquet files
 * @param path      its folder, from the index's folder on
 * @param documents that it was built from
 * @param passages  that it was built from; their ordinals are 0 to {@code passages - 1}
 * @param bytes     of all its files
 * @param checksum  of the names, lengths and checksums of its files, 64 hexadecimal digits: names the content
 * @param files     all that is in the folder, by name
 * @param deleted   the passages that are not to be found any more; null if there are none
 */
public record ShardEntry(
        int number,
        String path,
        long documents,
        long passages,
        long bytes,
        String checksum,
        List<StoredFile> files,
        DeletedPassages deleted)
        implements Serializable {
    /** Takes a copy of the list. */
    public ShardEntry {
        files = List.copyOf(files);
    }

    /** A shard in which nothing is deleted. */
    public static ShardEntry of(int number, String path, long documents, long passages, List<StoredFile> files) {
        long bytes = files.stream().mapToLong(StoredFile::length).sum();
        return new ShardEntry(number, path, documents, passages, bytes, Sha256.of(files), files, null);
    }

    /** The same shard with other passages deleted. */
    public ShardEntry without(DeletedPassages nowDeleted) {
        return new ShardEntry(number, path, documents, passages, bytes, checksum, files, nowDeleted);
    }

    /** What the checksum must be. */
    public String digest() {
        return Sha256.of(files);
    }

    /** How many passages can be found. */
    public long livePassages() {
        return deleted == null ? passages : passages - deleted.passages();
    }

    /** How many documents can be found. */
    public long liveDocuments() {
        return deleted == null ? documents : documents - deleted.documents();
    }
}

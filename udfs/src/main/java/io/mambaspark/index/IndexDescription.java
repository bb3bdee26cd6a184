package io.mambaspark.index;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;

/**
 * What an index holds.
 *
 * @param path        its folder
 * @param version     of what is described; each change adds one or more
 * @param model       the name of the model that read the documents
 * @param fingerprint of that model, 64 hexadecimal digits
 * @param dimension   the length of a vector
 * @param passageRule what of a document is a passage
 * @param keptColumns the kept columns as DDL, such as {@code year INT,title STRING}; empty if there are none
 * @param generations how many builds its passages come from
 * @param shards      how many Lucene indices there are
 * @param documents   that can be found
 * @param passages    that can be found
 * @param dead        passages that cannot be found any more and still take room, until the index is compacted
 * @param bytes       of all shards
 */
public record IndexDescription(
        String path,
        long version,
        String model,
        String fingerprint,
        int dimension,
        Passages passageRule,
        String keptColumns,
        int generations,
        int shards,
        long documents,
        long passages,
        long dead,
        long bytes) {
    static IndexDescription of(IndexFolder folder, Manifest manifest) {
        long live = manifest.shards().mapToLong(ShardEntry::livePassages).sum();
        return new IndexDescription(
                folder.root(),
                manifest.version(),
                manifest.model().name(),
                manifest.model().fingerprint(),
                manifest.model().dimension(),
                manifest.passages(),
                manifest.keptColumns(),
                manifest.generations().size(),
                (int) manifest.shards().count(),
                manifest.shards().mapToLong(ShardEntry::liveDocuments).sum(),
                live,
                manifest.shards().mapToLong(ShardEntry::passages).sum() - live,
                manifest.shards().mapToLong(ShardEntry::bytes).sum());
    }
}

package io.mambaspark.index.store;

import io.mambaspark.index.Passages;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * What an index is at one version: every file that belongs to it. What no manifest names does not exist for a reader.
 *
 * @param format      of this record and of the files that it names: {@value #FIRST_FORMAT}, of which terms are plain, to
 *                    {@value #FORMAT}
 * @param version     the number in the manifest's name; versions rise, and may leave numbers out
 * @param previous    the version that it was made from; 0 if there was none
 * @param model       that read the documents
 * @param passages    what of a document is a passage
 * @param keptColumns the kept columns as DDL; empty if there are none
 * @param terms       how words became terms
 * @param generations what builds added, in the order in which they did
 */
public record Manifest(
        int format,
        long version,
        long previous,
        IndexModel model,
        Passages passages,
        String keptColumns,
        IndexTerms terms,
        List<Generation> generations)
        implements Serializable {
    /** The oldest format that is read; an index of it keeps it. */
    public static final int FIRST_FORMAT = 1;

    /** The format of new indexes. */
    public static final int FORMAT = 2;

    /** Takes a copy of the list. */
    public Manifest {
        generations = List.copyOf(generations);
    }

    /** The next version of this index, with other generations. */
    public Manifest next(long nextVersion, List<Generation> nextGenerations) {
        return new Manifest(format, nextVersion, version, model, passages, keptColumns, terms, nextGenerations);
    }

    /** The same version with other generations. */
    public Manifest with(List<Generation> otherGenerations) {
        return new Manifest(format, version, previous, model, passages, keptColumns, terms, otherGenerations);
    }

    /** The kept columns; none has no fields. */
    public StructType keptSchema() {
        return keptColumns.isEmpty() ? new StructType() : StructType.fromDDL(keptColumns);
    }

    /** The shards of all generations. */
    public Stream<ShardEntry> shards() {
        return generations.stream().flatMap(generation -> generation.shards().stream());
    }
}

package io.mambaspark.index.store;

import io.mambaspark.index.Passages;
import java.util.List;
import java.util.stream.IntStream;

/** Manifests as builds write them, of files that do not exist. */
public final class MadeUpManifest {
    private static final IndexTerms TERMS = new IndexTerms(
            true, true, true, List.of(0xAD, 0x200B), List.of(new IndexTerms.CharacterRange(0xFB00, 0xFB06)));

    private MadeUpManifest() {}

    /** A manifest. */
    public static Manifest of(long version, int generations, int shards) {
        return new Manifest(
                Manifest.FORMAT,
                version,
                version - 1,
                new IndexModel("büilt-in ☃", "f".repeat(64), 384),
                Passages.RULE,
                "title STRING,year INT",
                TERMS,
                IntStream.range(0, generations)
                        .mapToObj(number -> generation(version, number, shards))
                        .toList());
    }

    /** A manifest without a file. */
    public static Manifest empty(long version, long previous, String name) {
        return new Manifest(
                Manifest.FORMAT,
                version,
                previous,
                new IndexModel(name, "a".repeat(64), 2),
                Passages.RULE,
                "",
                TERMS,
                List.of());
    }

    private static Generation generation(long version, int number, int shards) {
        String name = String.format("%06d-%016x", version, number);
        return new Generation(
                name,
                List.of(new StoredFile("passages/" + name + "/part-0.snappy.parquet", 900, "b".repeat(64))),
                IntStream.range(0, shards).mapToObj(shard -> shard(name, shard)).toList());
    }

    private static ShardEntry shard(String generation, int number) {
        ShardEntry shard = ShardEntry.of(
                number,
                "shards/" + generation + '/' + number + "-a",
                3,
                9,
                List.of(
                        new StoredFile("_0.cfs", 1000 + number, "c".repeat(64)),
                        new StoredFile("segments_1", 10, "d".repeat(64))));
        String deleted = "deleted/" + generation + '/' + generation + '-' + number + ".roaring";
        return number % 2 == 0
                ? shard
                : shard.without(new DeletedPassages(new StoredFile(deleted, 20, "e".repeat(64)), 1, 2));
    }
}

package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.CompoundFile;
import io.mambaspark.index.shard.LexicalQuery;
import io.mambaspark.index.shard.MadeUpPassages;
import io.mambaspark.index.shard.MadeUpShard;
import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.shard.ShardReader;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.storm.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Files of a shard that were damaged, with the checksum of what they are now: an error of ours or finite scores. */
@Tag("storm")
class ShardStormTest {
    private static final ShardReader READER = ShardReader.opening();
    private static final int FEW = 5;

    static {
        // As on a cluster, where Lucene's own assertions, which find much of the damage, are not there.
        ClassLoader.getSystemClassLoader().setPackageAssertionStatus("org.apache.lucene", false);
    }

    @TempDir
    private Path around;

    private Path index;
    private IndexFolder folder;
    private ShardEntry entry;
    private ReadQuery query;

    @BeforeEach
    void write() throws IOException {
        index = Files.createDirectories(around.resolve("inside/index"));
        folder = IndexFolder.of(LocalSpark.session(), index.toString());
        MadeUpPassages passages = new MadeUpPassages(7);
        entry = MadeUpShard.write(index, 0, passages.documents(30, 3));
        String words = passages.query();
        float[] vector = passages.passage("of the query", 0).vector();
        query = new ReadQuery(0, "q", words, LexicalQuery.of(words, MadeUpShard.TERMS), vector);
        Files.writeString(around.resolve("beside.txt"), "nobody's");
    }

    @Test
    void aShardWithForgedChecksumsIsBrokenOrAnswersFinitely() throws IOException {
        Path shard = index.resolve(entry.path());
        // Read once: a case that has not ended in time may still write.
        Map<Path, byte[]> originals = new LinkedHashMap<>();
        for (StoredFile file : entry.files()) {
            originals.put(shard.resolve(file.name()), Files.readAllBytes(shard.resolve(file.name())));
        }
        List<Path> files = List.copyOf(originals.keySet());
        CompoundFile compound = CompoundFile.in(shard);
        assertThat(search(entry)).isEqualTo("finite");
        Storm storm = new Storm("shard-forged", around, around.resolve("inside"));
        assertThat(storm.rage(random -> {
                    boolean inside = random.nextInt(4) > 0;
                    Path file = inside ? compound.file() : files.get(random.nextInt(files.size()));
                    byte[] original = originals.get(file);
                    try {
                        Files.write(file, inside ? compound.forged(original, random) : damaged(original, random));
                        return search(MadeUpShard.forged(index, entry));
                    } finally {
                        Files.write(file, original);
                    }
                }))
                .isEmpty();
        int found =
                storm.outcomes().values().stream().mapToInt(Integer::intValue).sum();
        int early = storm.outcomes().getOrDefault("broken while opening", 0);
        assertThat(early).as("refused before a query was asked, of %d", found).isLessThanOrEqualTo(found / 2 + 10);
    }

    /** Lucene's own checksum is at the end of each file; a stranger writes that of what the file is now. */
    private static byte[] damaged(byte[] original, Random random) {
        if (random.nextBoolean()) {
            byte[] damaged = original.clone();
            Storm.damageInPlace(damaged, 0, damaged.length - Long.BYTES, random);
            return Storm.withLuceneChecksum(damaged);
        }
        byte[] damaged = Storm.damaged(original, random);
        return random.nextInt(4) == 0 ? damaged : Storm.withLuceneChecksum(damaged);
    }

    private String search(ShardEntry forged) {
        ShardTasks tasks =
                new ShardTasks(new SearchedIndex(folder, List.of(forged), MadeUpShard.TERMS, READER), 1, false, null);
        ShardCache.Lease opened;
        try {
            opened = ShardCache.ofThisJvm().open(folder, forged, READER, 1);
        } catch (MambaSqlException e) {
            return brokenWhile("opening", e);
        }
        try (ShardCache.Lease lease = opened) {
            Shard shard = lease.shard();
            search(tasks, shard, SearchOptions.defaults(), null);
            search(tasks, shard, SearchOptions.defaults().withGroupByDocument(true), evenOnes(shard));
            searchGraph(tasks, shard);
            return "finite";
        } catch (MambaSqlException e) {
            return brokenWhile("asking", e);
        }
    }

    /** When Lucene found it, for the count. */
    private static String brokenWhile(String doing, MambaSqlException e) {
        if (!e.getCondition().equals(ShardCache.BROKEN)) {
            throw e;
        }
        return "broken while " + doing;
    }

    private void search(ShardTasks tasks, Shard shard, SearchOptions options, RoaringBitmap passing) {
        CountedQuery counted = tasks.ask(0, () -> new CountTerms(tasks, 0).ask(shard, query));
        Found found = tasks.ask(0, () -> new FindCandidates(tasks, 0, options, passing).ask(shard, counted));
        for (int i = 0; i < found.ordinals().length; i++) {
            assertThat(found.bm25()[i]).isFinite();
            assertThat(found.cosines()[i]).isFinite();
        }
        Winners.Winner[] winners = new Winners.Winner[found.ordinals().length];
        for (int i = 0; i < winners.length; i++) {
            winners[i] = new Winners.Winner(
                    found.ordinals()[i], found.docIds()[i], found.passages()[i], i + 1, 1, null, 1, 1);
        }
        tasks.ask(0, () -> new FetchWinners(tasks, 0).ask(shard, new Winners(0, query, new String[0], winners)));
    }

    /** The graph is for more passages than a storm can write each time, unless few are asked for. */
    private void searchGraph(ShardTasks tasks, Shard shard) {
        tasks.ask(0, () -> shard.dense(query.vector(), false).best(FEW, shard.select(null, null)));
        tasks.ask(0, () -> shard.dense(query.vector(), false).bestOfDocuments(FEW, shard.select(null, null)));
    }

    private static RoaringBitmap evenOnes(Shard shard) {
        RoaringBitmap even = new RoaringBitmap();
        for (int i = 0; i < shard.passages(); i += 2) {
            even.add(i);
        }
        return even;
    }
}

package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.LexicalQuery;
import io.mambaspark.index.shard.MadeUpPassages;
import io.mambaspark.index.shard.MadeUpShard;
import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.shard.ShardReader;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.storm.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a shard that were damaged, with the checksum of what they are now: an error of ours or finite scores. */
@Tag("storm")
class ShardStormTest {
    private static final ShardReader READER = ShardReader.opening();

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
    void aShardWithAForgedChecksumIsBrokenOrAnswersFinitely() throws IOException {
        Path shard = index.resolve(entry.path());
        List<Path> files =
                entry.files().stream().map(file -> shard.resolve(file.name())).toList();
        assertThat(search(entry)).isEqualTo("finite");
        assertThat(new Storm("shard-forged", around, around.resolve("inside")).rage(random -> {
                    Path file = files.get(random.nextInt(files.size()));
                    byte[] original = Files.readAllBytes(file);
                    try {
                        Files.write(file, damaged(original, random));
                        return search(MadeUpShard.forged(index, entry));
                    } finally {
                        Files.write(file, original);
                    }
                }))
                .isEmpty();
    }

    /** Lucene's own checksum is at the end of each file; a stranger writes that of what the file is now. */
    private static byte[] damaged(byte[] original, Random random) {
        byte[] damaged = Storm.damaged(original, random);
        return random.nextInt(4) == 0 ? damaged : Storm.withLuceneChecksum(damaged);
    }

    private String search(ShardEntry forged) {
        ShardTasks tasks =
                new ShardTasks(new SearchedIndex(folder, List.of(forged), MadeUpShard.TERMS, READER), 1, false, null);
        try (ShardCache.Lease lease = ShardCache.ofThisJvm().open(folder, forged, READER, 1)) {
            Shard shard = lease.shard();
            CountedQuery counted = tasks.ask(0, () -> new CountTerms(tasks, 0).ask(shard, query));
            Found found = tasks.ask(
                    0, () -> new FindCandidates(tasks, 0, SearchOptions.defaults(), null).ask(shard, counted));
            for (int i = 0; i < found.ordinals().length; i++) {
                assertThat(found.bm25()[i]).isFinite();
                assertThat(found.cosines()[i]).isFinite();
            }
            Winners.Winner[] winners = new Winners.Winner[Math.min(3, found.ordinals().length)];
            for (int i = 0; i < winners.length; i++) {
                winners[i] = new Winners.Winner(
                        found.ordinals()[i], found.docIds()[i], found.passages()[i], i + 1, 1, null, 1, 1);
            }
            tasks.ask(0, () -> new FetchWinners(tasks, 0).ask(shard, new Winners(0, query, new String[0], winners)));
            return "finite";
        }
    }
}

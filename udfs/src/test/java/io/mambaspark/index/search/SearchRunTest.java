package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.search.BruteForce.Hit;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.SparkWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark does for a search, and what a search does when a part of the index is broken. */
class SearchRunTest {
    private static final SearchOptions OPTIONS = SearchOptions.defaults();

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static SmallLibrary library;
    private static MadeUpIndex index;
    private static String query;

    @BeforeAll
    static void write() {
        spark = LocalSpark.session();
        library = SmallLibrary.make(150);
        query = library.queries().get(0);
        index = MadeUpIndex.write(spark, folder.resolve("index"), library.passages(), 3);
    }

    private static Dataset<Row> search(SearchOptions options) {
        return index.search(spark).search(query, options);
    }

    @Test
    void nothingRunsBeforeTheRowsAreAskedFor() throws Exception {
        try (SparkWork work = new SparkWork(spark.sparkContext())) {
            Dataset<Row> found = search(OPTIONS.withFilter("year > 1950"));
            Dataset<Row> ofMany = index.search(spark)
                    .search(spark.sql("SELECT id, 'a' AS text FROM range(9)").orderBy("id"), OPTIONS);
            assertThat(found.schema().fieldNames()).contains("year");
            assertThat(found.queryExecution().toString()).contains(QueryReader.FUNCTION);
            ofMany.explain();
            assertThat(work.jobs()).isZero();
            assertThat(found.count()).isEqualTo(10);
            assertThat(work.jobs()).isPositive();
        }
    }

    /** One job, in which each step is a stage: a task a shard where shards are asked, else one. */
    @Test
    void aQueryIsOneJobOfFewTasks() throws Exception {
        search(OPTIONS).collectAsList();
        try (SparkWork work = new SparkWork(spark.sparkContext())) {
            assertThat(search(OPTIONS).collectAsList()).hasSize(10);
            assertThat(work.jobs()).isOne();
            assertThat(work.stages()).isLessThanOrEqualTo(8);
            assertThat(work.tasks()).isLessThanOrEqualTo(3 * 3 + 5);
        }
    }

    @Test
    void theSecondSearchCopiesNothing() {
        List<Row> first = search(OPTIONS).collectAsList();
        long copied = ShardCache.ofThisJvm().copied();
        assertThat(copied).isGreaterThanOrEqualTo(3);
        assertThat(search(OPTIONS).collectAsList()).isEqualTo(first);
        assertThat(ShardCache.ofThisJvm().copied()).isEqualTo(copied);
    }

    @Test
    void aBrokenShardIsNamedOrLeftOutIfThatIsAllowed() throws IOException {
        MadeUpIndex broken = MadeUpIndex.write(spark, folder.resolve("broken"), library.passages(), 3);
        List<ShardEntry> shards = broken.manifest().shards().toList();
        MadeUpIndex whole = broken.with(List.of(shards.get(0), shards.get(2)));
        ShardEntry one = shards.get(1);
        MadeUpIndex unread = broken.with(List.of(shards.get(0), renamed(one), shards.get(2)));
        flip(folder.resolve("broken").resolve(one.path()));
        assertThat(IndexSearchTest.messages(catchThrowable(
                        () -> unread.search(spark).search(query, OPTIONS).collectAsList())))
                .contains("[MAMBA_INDEX_SHARD_BROKEN]")
                .contains(one.path());
        for (Mode mode : Mode.values()) {
            SearchOptions partial = OPTIONS.withMode(mode).withAllowPartial(true);
            List<Row> rows = unread.search(spark).search(query, partial).collectAsList();
            assertThat(rows.stream().map(Hit::of))
                    .hasSize(10)
                    .containsExactlyElementsOf(Hit.all(whole.search(spark).search(query, OPTIONS.withMode(mode))));
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row.<String>getList(row.fieldIndex("shards_missing")))
                            .containsExactly(one.path()));
        }
        Row allRead = search(OPTIONS.withAllowPartial(true)).first();
        assertThat(allRead.<String>getList(allRead.fieldIndex("shards_missing")))
                .isEmpty();
    }

    /** A shard of another checksum: the cache of this JVM has one of the same content. */
    private static ShardEntry renamed(ShardEntry entry) {
        return new ShardEntry(
                entry.number(),
                entry.path(),
                entry.documents(),
                entry.passages(),
                entry.bytes(),
                entry.checksum().replace(entry.checksum().charAt(0), 'x'),
                entry.files(),
                null);
    }

    private static void flip(Path shard) throws IOException {
        Path file = shard.resolve("segments_1");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }
}

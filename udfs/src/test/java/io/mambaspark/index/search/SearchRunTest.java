package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.search.BruteForce.Hit;
import io.mambaspark.index.shard.MadeUpShard;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.SparkWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        MadeUpIndex unread = broken.with(shards);
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

    private static void flip(Path shard) throws IOException {
        Path file = shard.resolve("segments_1");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }

    private static MadeUpIndex copy(String name) {
        return MadeUpIndex.write(spark, folder.resolve(name), library.passages(), 3);
    }

    @Test
    void withoutAnyShardThereIsNoAnswer() throws IOException {
        MadeUpIndex broken = copy("all-broken");
        for (ShardEntry shard : broken.manifest().shards().toList()) {
            flip(folder.resolve("all-broken").resolve(shard.path()));
        }
        for (Mode mode : Mode.values()) {
            assertThat(IndexSearchTest.messages(catchThrowable(() -> broken.search(spark)
                            .search(query, OPTIONS.withMode(mode).withAllowPartial(true))
                            .collectAsList())))
                    .contains("[MAMBA_INDEX_NO_SHARD_LEFT] None of the 3 shards of the index");
        }
    }

    /** Its checksums are right, as a stranger writes them. */
    @Tag("thorough")
    @Test
    void aShardWhoseContentLuceneStumblesOverIsBrokenToo() throws IOException {
        MadeUpIndex index = copy("forged");
        Path root = folder.resolve("forged");
        List<ShardEntry> shards = index.manifest().shards().toList();
        ShardEntry one = shards.get(1);
        Path data = root.resolve(one.files().stream()
                .filter(file -> file.name().endsWith(".cfs"))
                .map(file -> one.path() + '/' + file.name())
                .findFirst()
                .orElseThrow());
        byte[] whole = Files.readAllBytes(data);
        int declared = 0;
        for (int tenth = 0; tenth < 10; tenth++) {
            byte[] forged = whole.clone();
            Arrays.fill(forged, tenth * forged.length / 10, (tenth + 1) * forged.length / 10, (byte) 0xff);
            Files.write(data, forged);
            MadeUpIndex changed = index.with(List.of(shards.get(0), MadeUpShard.forged(root, one), shards.get(2)));
            Throwable thrown = catchThrowable(
                    () -> changed.search(spark).search(query, OPTIONS).collectAsList());
            if (thrown != null) {
                declared++;
                assertThat(IndexSearchTest.messages(thrown)).contains("[MAMBA_INDEX_SHARD_BROKEN]");
            }
            assertThat(changed.search(spark)
                            .search(query, OPTIONS.withAllowPartial(true))
                            .collectAsList())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.<Float>getAs("score")).isFinite());
        }
        assertThat(declared).isPositive();
    }

    @Test
    void aFilterDoesNotTrustPassagesThatWereChanged() throws IOException {
        MadeUpIndex index = copy("changed-passages");
        SearchOptions filtered = OPTIONS.withFilter("year > 1950").withAllowPartial(true);
        assertThat(index.search(spark).search(query, filtered).collectAsList()).isNotEmpty();
        Path file = folder.resolve("changed-passages")
                .resolve(index.manifest().generations().get(0).passages().get(0).name());
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        assertThat(IndexSearchTest.messages(catchThrowable(
                        () -> index.search(spark).search(query, filtered).collectAsList())))
                .contains("[MAMBA_INDEX_CORRUPT]")
                .contains(file.getFileName().toString());
    }

    /** The rows say that a passage is in a shard that has none of its number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 AS shard, 0 AS ordinal",
                "0 AS shard, 100000 AS ordinal",
                "0 AS shard, -1 AS ordinal",
                "NULL AS shard, 0 AS ordinal",
                "0 AS shard, CAST(NULL AS INT) AS ordinal"
            })
    void aFilterDoesNotTrustForgedPlaces(String places) {
        Generation generation = index.manifest().generations().get(0);
        String name = "forged-" + Integer.toHexString(places.hashCode());
        Path passages = folder.resolve("index").resolve(name);
        spark.sql("SELECT 'a' AS doc_id, 0 AS passage, 0 AS start, 1 AS end, 2000 AS year, " + places)
                .selectExpr("doc_id", "passage", "start", "end", "year", "int(shard) AS shard", "ordinal")
                .write()
                .parquet(passages.toString());
        MadeUpIndex forged = new MadeUpIndex(
                index.folder(),
                index.manifest()
                        .with(List.of(new Generation(
                                generation.name(), MadeUpShard.files(passages, name + '/'), generation.shards()))));
        assertThat(IndexSearchTest.messages(catchThrowable(() -> forged.search(spark)
                        .search(query, OPTIONS.withFilter("year > 1950"))
                        .collectAsList())))
                .contains("[MAMBA_INDEX_CORRUPT]")
                .containsPattern("(shard|ordinal) is (7|100000|-1|null), and must be");
    }
}

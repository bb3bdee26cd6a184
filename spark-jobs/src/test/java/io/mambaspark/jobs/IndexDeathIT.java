package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.MambaIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die while an index is built or searched, and builds that meet: nothing is lost, nothing is there twice. */
@Tag("slow")
class IndexDeathIT {
    private static final int DOCUMENTS = 24;
    private static final int CHARACTERS = 2_500;
    /** Some rounds for all documents. */
    private static final String ROUND_BYTES = "12k";

    @TempDir
    private static Path folder;

    /** What an index of all documents holds that was built without a death. */
    private static List<String> whole;

    @BeforeAll
    static void build() throws IOException {
        for (String book : new String[] {"alices-adventures-in-wonderland", "the-time-machine"}) {
            String text = Shelf.excerpt(book, CHARACTERS * DOCUMENTS / 2);
            for (int i = 0; i < DOCUMENTS / 2; i++) {
                Path file = folder.resolve(i % 4 == 0 ? "few" : "many").resolve(book + "-" + i + ".txt");
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.substring(CHARACTERS * i, CHARACTERS * (i + 1)));
            }
        }
        local().run(index("whole", "few", "many")).exitsWith(0);
        whole = passages("whole");
        assertThat(whole).hasSizeGreaterThan(DOCUMENTS);
    }

    private static SparkSubmit local() {
        return SparkSubmit.onMavenJars(folder).master("local[2]").conf("spark.mamba.index.roundBytes", ROUND_BYTES);
    }

    private static String[] index(String index, String... inputs) {
        List<String> arguments = new ArrayList<>(List.of("index", "--index", index, "--append", "--shards", "2"));
        for (String input : inputs) {
            arguments.addAll(List.of("--input", input));
        }
        return arguments.toArray(String[]::new);
    }

    /** All live passages by Spark's own Parquet reader and the index's own list of what it holds. */
    private static List<String> passages(String index) {
        SparkSession spark = LocalSpark.session();
        List<String> rows = spark
                .read()
                .parquet(folder.resolve(index).resolve("passages").toString() + "/*")
                .selectExpr("concat_ws(' ', doc_id, passage, start, end, sha2(text, 256))")
                .collectAsList()
                .stream()
                .map((Row row) -> row.getString(0))
                .sorted()
                .toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(MambaIndex.open(spark, folder.resolve(index).toString())
                        .describe()
                        .passages())
                .isEqualTo(rows.size());
        return rows;
    }

    @Test
    void anExecutorDiesWhileItBuilds() throws Exception {
        try (StandaloneCluster cluster = cluster("build-logs")) {
            Programs.Running build = on(cluster).start(index("killed-executor", "few", "many"));
            build.awaitErr("Round 1 of ");
            cluster.killExecutor();
            build.await().exitsWith(0);
            assertThat(cluster.executors()).isGreaterThanOrEqualTo(2);
        }
        assertThat(passages("killed-executor")).isEqualTo(whole);
    }

    @Test
    void anExecutorDiesWhileItSearches() throws Exception {
        Path queries = folder.resolve("queries.tsv");
        List<String> lines = new ArrayList<>();
        for (String passage : whole.subList(0, Math.min(60, whole.size()))) {
            lines.add(lines.size() + "\t" + passage);
        }
        Files.write(queries, lines);
        String[] search = {"search", "--index", "whole", "--queries", queries.toString(), "--output-format", "json"};
        local().run(with(search, "--output", "answers")).exitsWith(0);
        try (StandaloneCluster cluster = cluster("search-logs")) {
            Programs.Running running = on(cluster).start(with(search, "--output", "answers-of-the-killed"));
            cluster.killExecutor();
            assertThat(running.process().isAlive()).isTrue();
            running.await().exitsWith(0);
            assertThat(cluster.executors()).isGreaterThanOrEqualTo(2);
        }
        assertThat(Output.text(folder.resolve("answers")))
                .isNotEmpty()
                .isEqualTo(Output.text(folder.resolve("answers-of-the-killed")));
    }

    @Test
    void theDriverDiesAndAnotherGoesOn() throws Exception {
        local().run(index("killed-driver", "few")).exitsWith(0);
        List<String> before = passages("killed-driver");
        Programs.Running build = local().start(index("killed-driver", "few", "many"));
        build.awaitErr("Round 1 of ");
        build.kill();
        assertThat(Files.exists(folder.resolve("killed-driver/manifest-2.json")))
                .isFalse();
        assertThat(passages("killed-driver")).isEqualTo(before);
        Programs.Result second =
                local().run(index("killed-driver", "few", "many")).exitsWith(0);
        assertThat(second.out())
                .contains("taken over from a build that did not end")
                .contains("skipped");
        assertThat(passages("killed-driver")).isEqualTo(whole);
        local().run("index", "verify", "killed-driver").exitsWith(0);
    }

    /** The slower one is held in its work until the other is done. */
    @Test
    void oneOfTwoBuildsWins() throws Exception {
        Programs.Running slow = local().start(index("contested", "many"));
        slow.awaitErr("documents to read");
        slow.hold();
        local().run(index("contested", "few")).exitsWith(0);
        List<String> ofWinner = passages("contested");
        slow.goOn();
        assertThat(slow.await().exitsWith(1).err()).contains("index failed: [MAMBA_INDEX_CONCURRENT_BUILD]");
        assertThat(passages("contested")).isEqualTo(ofWinner);
        local().run(index("contested", "many")).exitsWith(0);
        assertThat(passages("contested")).isEqualTo(whole);
    }

    private static StandaloneCluster cluster(String logs) throws IOException, InterruptedException {
        return StandaloneCluster.start(Files.createDirectories(folder.resolve(logs)), 2);
    }

    private static SparkSubmit on(StandaloneCluster cluster) {
        return SparkSubmit.onMavenJars(folder)
                .master(cluster.master())
                .conf("spark.executor.memory", "1g")
                .conf("spark.mamba.index.roundBytes", ROUND_BYTES);
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }
}

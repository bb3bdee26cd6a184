package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mambaspark.index.MambaIndex;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Executors and drivers that die at random moments of builds, overwrites and searches: what they leave is the old or the
 * new, whole, and what comes out at last is what undisturbed jobs give. {@code -Dstorm.executors}, {@code -Dstorm.drivers}
 * and {@code -Dstorm.seed} set how many die and when.
 */
@Tag("storm")
class KillStormIT {
    private static final int EXECUTORS = Integer.getInteger("storm.executors", 100);
    private static final int DRIVERS = Integer.getInteger("storm.drivers", 20);
    private static final Random RANDOM = new Random(Long.getLong("storm.seed", 16));

    private static final int DOCUMENTS = 24;
    private static final int CHARACTERS = 2_000;
    /** Some rounds for all documents. */
    private static final String ROUND_BYTES = "8k";
    /** Then the job may end. */
    private static final int EXECUTORS_OF_A_JOB = 10;

    /** A full disk for the price of memory. */
    private static final String SMALL_DISK = "size=96k";

    @TempDir
    private static Path folder;

    /** What undisturbed jobs make. */
    private static List<String> passages;

    private static String summaries;
    private static String answers;
    /** How long that takes here. */
    private static final Map<Work, Duration> UNDISTURBED = new EnumMap<>(Work.class);

    /** What a job does while it is disturbed. */
    private enum Work {
        BUILD {
            @Override
            void before(String name) throws IOException {
                copy(folder.resolve("few-index"), folder.resolve(name));
            }

            @Override
            String[] arguments(String name) {
                return new String[] {
                    "index", "--index", name, "--append", "--shards", "2", "--input", "few", "--input", "many"
                };
            }

            @Override
            void assertOldOrNew(String name) {
                MambaIndex.open(LocalSpark.session(), folder.resolve(name).toString())
                        .describe();
            }

            @Override
            void assertNew(String name) {
                assertThat(passagesOf(name)).isEqualTo(passages);
                local().run("index", "verify", name).exitsWith(0);
            }
        },
        OVERWRITE {
            @Override
            String[] arguments(String name) {
                return summarize(name, "40");
            }

            @Override
            void before(String name) throws IOException {
                copy(folder.resolve("old-summaries"), folder.resolve(name));
            }

            @Override
            void assertOldOrNew(String name) throws IOException {
                assertThat(Output.withoutSeconds(whole(name)))
                        .isIn(Output.withoutSeconds(folder.resolve("old-summaries")), summaries);
            }

            @Override
            void assertNew(String name) throws IOException {
                assertThat(Output.withoutSeconds(folder.resolve(name))).isEqualTo(summaries);
                assertThat(leftovers(name)).isEmpty();
            }
        },
        SEARCH {
            @Override
            String[] arguments(String name) {
                return search(name, "3");
            }

            @Override
            void before(String name) throws IOException {
                copy(folder.resolve("old-answers"), folder.resolve(name));
            }

            @Override
            void assertOldOrNew(String name) throws IOException {
                assertThat(Output.text(whole(name))).isIn(Output.text(folder.resolve("old-answers")), answers);
            }

            @Override
            void assertNew(String name) throws IOException {
                assertThat(Output.text(folder.resolve(name))).isEqualTo(answers);
                assertThat(leftovers(name)).isEmpty();
            }
        };

        /** Puts down what the job finds. */
        abstract void before(String name) throws IOException;

        abstract String[] arguments(String name);

        /** After a death. */
        abstract void assertOldOrNew(String name) throws IOException;

        /** After a job that ended. */
        abstract void assertNew(String name) throws IOException;
    }

    /** How a driver dies. */
    private enum Death {
        KILL,
        TERM
    }

    @BeforeAll
    static void undisturbed() throws IOException {
        for (String book : new String[] {"alices-adventures-in-wonderland", "the-time-machine"}) {
            String text = Shelf.excerpt(book, CHARACTERS * DOCUMENTS / 2);
            for (int i = 0; i < DOCUMENTS / 2; i++) {
                Path file = folder.resolve(i % 4 == 0 ? "few" : "many").resolve(book + "-" + i + ".txt");
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.substring(CHARACTERS * i, CHARACTERS * (i + 1)));
            }
        }
        local().run("index", "--index", "few-index", "--append", "--shards", "2", "--input", "few")
                .exitsWith(0);
        Work.BUILD.before("index");
        runTimed(Work.BUILD, "index");
        passages = passagesOf("index");
        List<String> queries = new ArrayList<>();
        for (String passage : passages) {
            queries.add(queries.size() + "\t" + passage.replaceAll("[^A-Za-z]+", " ") + " Alice time");
        }
        Files.write(folder.resolve("queries.tsv"), queries);
        local().run(summarize("old-summaries", "20")).exitsWith(0);
        runTimed(Work.OVERWRITE, "summaries");
        local().run(search("old-answers", "1")).exitsWith(0);
        runTimed(Work.SEARCH, "answers");
        summaries = Output.withoutSeconds(folder.resolve("summaries"));
        answers = Output.text(folder.resolve("answers"));
        assertThat(summaries).isNotEqualTo(Output.withoutSeconds(folder.resolve("old-summaries")));
        assertThat(answers).isNotEqualTo(Output.text(folder.resolve("old-answers")));
    }

    private static void runTimed(Work work, String name) {
        long started = System.nanoTime();
        local().run(work.arguments(name)).exitsWith(0);
        UNDISTURBED.put(work, Duration.ofNanos(System.nanoTime() - started));
    }

    /** A moment in the life of a job. */
    private static long millisOf(Work work) {
        return (long) (UNDISTURBED.get(work).toMillis() * (0.2 + 0.9 * RANDOM.nextDouble()));
    }

    @Test
    void executorsDieAndTheResultIsThatOfAnUndisturbedJob() throws Exception {
        int killed = 0;
        for (int job = 0; killed < EXECUTORS; job++) {
            Work work = Work.values()[job % Work.values().length];
            String name = "executors-" + job;
            work.before(name);
            try (StandaloneCluster cluster =
                    StandaloneCluster.start(Files.createDirectories(folder.resolve("logs-" + job)), 2)) {
                Programs.Running running = SparkSubmit.onMavenJars(folder)
                        .master(cluster.master())
                        .conf("spark.executor.memory", "900m")
                        .conf("spark.executor.cores", "1")
                        .conf("spark.task.maxFailures", "1000")
                        .conf("spark.stage.maxConsecutiveAttempts", "1000")
                        .conf("spark.mamba.index.roundBytes", ROUND_BYTES)
                        .start(work.arguments(name));
                int ofJob = 0;
                while (ofJob < EXECUTORS_OF_A_JOB
                        && !running.process().waitFor(700 + RANDOM.nextInt(5_000), TimeUnit.MILLISECONDS)) {
                    ofJob += cluster.killAnExecutor(RANDOM) ? 1 : 0;
                }
                killed += ofJob;
                running.await().exitsWith(0);
                System.out.println("storm: " + work + ", " + ofJob + " executors killed, " + killed + " in all");
            }
            work.assertNew(name);
        }
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void driversDieAndWhatTheyLeaveIsWhole(Death death) throws Exception {
        int deaths = death == Death.KILL ? DRIVERS : DRIVERS / 3;
        int inTheirWork = 0;
        for (int i = 0; i < deaths; i++) {
            Work work = Work.values()[i % Work.values().length];
            String name = "drivers-" + death + "-" + i;
            work.before(name);
            Programs.Running running = local().start(work.arguments(name));
            boolean ended = running.process().waitFor(millisOf(work), TimeUnit.MILLISECONDS);
            if (!ended && death == Death.KILL) {
                running.kill();
            } else {
                running.process().destroy();
                running.await();
            }
            inTheirWork += ended ? 0 : 1;
            work.assertOldOrNew(name);
            local().run(work.arguments(name)).exitsWith(0);
            work.assertNew(name);
            System.out.println("storm: " + work + ", driver " + death + (ended ? " had ended" : ""));
        }
        assertThat(inTheirWork).as("drivers that died in their work").isGreaterThan(deaths / 3);
    }

    @Test
    void aFullDiskLeavesTheOldWhole() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", SMALL_DISK, "storm", disk.toString()), "may mount a small disk");
        try {
            Path out = disk.resolve("out");
            copy(folder.resolve("old-summaries"), out);
            String[] job = summarize("disk/out", "400");
            Programs.Result full = local().run(job).exitsWith(1);
            assertThat(full.err()).contains("summarize failed: No space left on device");
            assertThat(Output.withoutSeconds(whole("disk/out")))
                    .isEqualTo(Output.withoutSeconds(folder.resolve("old-summaries")));
            Programs.Result index = local().run("index", "--index", "disk/index", "--input", "many")
                    .exitsWith(1);
            assertThat(index.err()).contains("index failed: [MAMBA_");
            assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
            local().run(job).exitsWith(0);
            assertThat(leftovers("disk/out")).isEmpty();
            local().run("index", "--index", "disk/index", "--input", "many").exitsWith(0);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static SparkSubmit local() {
        return SparkSubmit.onMavenJars(folder).master("local[2]").conf("spark.mamba.index.roundBytes", ROUND_BYTES);
    }

    private static String[] summarize(String output, String words) {
        return new String[] {
            "summarize",
            "--input",
            "few",
            "--input",
            "many",
            "--max-words",
            words,
            "--output",
            output,
            "--output-format",
            "json",
            "--overwrite"
        };
    }

    private static String[] search(String output, String results) {
        return new String[] {
            "search",
            "--index",
            "index",
            "--queries",
            "queries.tsv",
            "--num-results",
            results,
            "--output",
            output,
            "--output-format",
            "json",
            "--overwrite"
        };
    }

    /** All passages by Spark's own Parquet reader, as many as the index says it has. */
    private static List<String> passagesOf(String index) {
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
        assertThat(rows).doesNotHaveDuplicates().hasSize((int)
                MambaIndex.open(spark, folder.resolve(index).toString())
                        .describe()
                        .passages());
        return rows;
    }

    /** The folder itself, or the old one that the next run puts back. */
    private static Path whole(String name) throws IOException {
        Path output = folder.resolve(name);
        if (Files.exists(output)) {
            return output;
        }
        return leftovers(name).stream()
                .filter(file -> file.getFileName().toString().contains(".old-"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> leftovers(String name) throws IOException {
        Path output = folder.resolve(name);
        try (Stream<Path> beside = Files.list(output.getParent())) {
            return beside.filter(file -> file.getFileName().toString().startsWith("." + output.getFileName() + "."))
                    .toList();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(Arrays.asList(command)).inheritIO().start().waitFor() == 0;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.copy(each, to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Queries;

/** SQL of a program that knows nothing of us, with the bundle beside it or added later. */
class SqlDoorsIT {
    private static final String PLAN = "EXPLAIN SELECT mamba_summarize(value, 20) FROM documents";
    private static final String SUMMARIES =
            "SELECT id, mamba_summarize(value, 20) AS summary, mamba_token_count(value) AS tokens,"
                    + " mamba_retrieve(value, 'the Time Traveller', 2) AS hits, value FROM documents ORDER BY id";

    /** Groups of one row, streamed and held. */
    private static final String STREAMED =
            "SELECT id, mamba_summarize_agg(value, 20) WITHIN GROUP (ORDER BY value) AS summary FROM documents"
                    + " GROUP BY id ORDER BY id";

    private static final String HELD =
            "SELECT id, summary FROM (SELECT id, mamba_summarize_agg(value, 20, value) AS summary,"
                    + " count(*) AS n FROM documents GROUP BY id) WHERE n = 1 ORDER BY id";

    @TempDir
    private static Path folder;

    private static TestProgram program;
    private static String view;
    private static Programs.Result local;
    private static List<String> expected;

    @BeforeAll
    static void runLocally() throws IOException {
        program = TestProgram.of(Queries.class, folder);
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("1.txt"), Shelf.excerpt("the-time-machine", 3_000));
        Files.writeString(documents.resolve("2.txt"), "⏳ " + Shelf.excerpt("alices-adventures-in-wonderland", 3_000));
        view =
                "CREATE TEMPORARY VIEW documents AS SELECT substring(path, -5, 1) AS id, CAST(content AS STRING) AS value"
                        + " FROM binaryFile.`" + documents + "` UNION ALL SELECT '3', ''";
        local = SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .conf("spark.sql.catalog.mamba", "io.mambaspark.sql.MambaCatalog")
                .withBundle()
                .run(program, view, SUMMARIES, PLAN, PLAN.replace("mamba_", "mamba."), "SELECT mamba_info() AS info");
        expected = rows(local);
    }

    @Test
    void theJarAloneBringsBatchedFunctions() {
        assertThat(expected).hasSize(3);
        assertThat(expected.get(0))
                .contains("\"summary\":\"")
                .contains("\"rank\":1")
                .contains("\"rank\":2");
        assertThat(expected.get(2)).contains("\"summary\":\"\",\"tokens\":0,\"hits\":[]");
        assertThat(local.out().lines().filter(line -> line.contains("MambaRead [mamba_summarize(")))
                .hasSize(2);
        assertThat(local.out()).contains("\"version\":\"0.1.0\"").contains("\"batched\":true");
    }

    /** Two executors, Kryo for all that travels; nothing to register but our registrator. */
    @Test
    void givesTheSameOnExecutors() {
        SparkSubmit submit = SparkSubmit.onMavenJars(folder)
                .master("local-cluster[2,1,1024]")
                .conf("spark.executor.memory", "1g")
                .conf("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .conf("spark.kryo.registrator", "io.mambaspark.sql.MambaKryoRegistrator")
                .conf("spark.kryo.registrationRequired", "true");
        List<String> found = rows(submit.withBundle().run(program, view, SUMMARIES, STREAMED, HELD));
        assertThat(found).hasSize(9).startsWith(expected.toArray(String[]::new));
        for (int i = 3; i < 9; i++) {
            String group = found.get(i);
            assertThat(expected.get(i % 3)).startsWith(group.substring(0, group.length() - 1));
        }
    }

    @Tag("thorough")
    @Test
    void givesTheSameOnAStandaloneCluster() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("standalone-logs"));
        try (StandaloneCluster cluster = StandaloneCluster.start(logs, 2)) {
            SparkSubmit submit =
                    SparkSubmit.onMavenJars(folder).master(cluster.master()).conf("spark.executor.memory", "1g");
            assertThat(rows(submit.withBundle().run(program, view, SUMMARIES))).isEqualTo(expected);
        }
    }

    /** A notebook's session has started long before the jar comes; its executors get it with the tasks. */
    @Tag("thorough")
    @Test
    void registersInASessionThatRuns() {
        Programs.Result late = SparkSubmit.onMavenJars(folder)
                .master("local-cluster[1,2,1024]")
                .conf("spark.executor.memory", "1g")
                .run(program, "late=" + System.getProperty("mamba.bundle"), view, SUMMARIES, PLAN)
                .exitsWith(0);
        assertThat(late.out()).contains("batched=true").contains("MambaRead [mamba_summarize(");
        assertThat(rows(late)).startsWith(expected.toArray(String[]::new));
    }

    private static List<String> rows(Programs.Result run) {
        Stream<String> lines = run.exitsWith(0).out().lines();
        return lines.filter(line -> line.startsWith("{\"id\"")).toList();
    }
}

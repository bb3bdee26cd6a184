package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PySpark and the command line of {@code spark-sql}. */
@Tag("distribution")
class PySparkIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void theJarAloneBringsFunctionsThatGiveTheSameInAllWays(SparkHome home) {
        Programs.Result run = SparkSubmit.onDistribution(home, folder)
                .master("local[2]")
                .withBundle()
                .run(Scripts.python("doors.py"))
                .exitsWith(0);
        assertThat(run.out()).contains("all doors are open on ");
    }

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void errorsComeAsPySparksOwn(SparkHome home) {
        Programs.Result run = SparkSubmit.onDistribution(home, folder)
                .master("local[2]")
                .conf("spark.sql.catalog.mamba", "io.mambaspark.sql.MambaCatalog")
                .withBundle()
                .run(Scripts.python("errors.py"))
                .exitsWith(0);
        assertThat(run.out()).contains("errors are Spark's own on ");
    }

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void functionsRegisteredByTheGatewayDoTheSameOnAStandaloneCluster(SparkHome home) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("standalone-logs"));
        try (StandaloneCluster cluster = StandaloneCluster.start(home, logs, 2)) {
            Programs.Result run = SparkSubmit.onDistribution(home, folder)
                    .master(cluster.master())
                    .conf("spark.executor.memory", "1g")
                    .withBundleThatCameLate()
                    .run(Scripts.python("doors.py"), "register")
                    .exitsWith(0);
            assertThat(run.out()).contains("all doors are open on ");
        }
    }

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void theCommandLineOfSqlHasTheFunctions(SparkHome home) throws IOException {
        Path queries = folder.resolve("queries.sql");
        Files.writeString(queries, """
                SELECT mamba_summarize('The fire of London burned for four days in 1666. The cat slept.', 10);
                SELECT mamba.token_count('The cat slept.');
                SELECT count(*) FROM range(5) WHERE mamba_similarity('a cat', concat('a cat ', id)) > -1;
                """);
        Programs.Result run = sparkSql(home)
                .conf("spark.sql.catalog.mamba", "io.mambaspark.sql.MambaCatalog")
                .withBundle()
                .runWith("-S", "-f", queries.toString())
                .exitsWith(0);
        assertThat(run.out().lines()).containsSubsequence("The fire of London burned for four days in 1666.", "4", "5");
    }

    /** Nothing on any class path: Spark loads the jar when the function is called. */
    @ParameterizedTest
    @MethodSource(SparkHome.FIRST)
    void aFunctionIsDeclaredWithItsJarAsHiveHasIt(SparkHome home) throws IOException {
        Path queries = folder.resolve("queries.sql");
        Files.writeString(queries, """
                CREATE FUNCTION summary AS 'io.mambaspark.hive.MambaSummarize' USING JAR '%s';
                SELECT summary(concat('The fire of London burned for four days in ', id + 1666, '. The cat slept.'), 10)
                  FROM range(2);
                """.formatted(System.getProperty("mamba.bundle")));
        Programs.Result run =
                sparkSql(home).runWith("-S", "-f", queries.toString()).exitsWith(0);
        assertThat(run.out().lines())
                .containsSubsequence(
                        "The fire of London burned for four days in 1666.",
                        "The fire of London burned for four days in 1667.");
    }

    private SparkSubmit sparkSql(SparkHome home) {
        return SparkSubmit.by("spark-sql", home, folder)
                .master("local[2]")
                .conf("spark.hadoop.javax.jdo.option.ConnectionURL", "jdbc:derby:memory:metastore;create=true");
    }
}

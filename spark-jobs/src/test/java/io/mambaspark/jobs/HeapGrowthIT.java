package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.HeapGrowth;

/**
 * A driver that lives for weeks holds no more after a thousand queries, or sessions, than after the first ones. What it is
 * compared with is Spark with the same jar, none of whose code runs: Spark opens each jar of a session once more and keeps it.
 */
@Tag("slow")
class HeapGrowthIT {
    private static final int KILOBYTE = 1 << 10;

    @TempDir
    private static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void pack() throws IOException {
        program = TestProgram.of(HeapGrowth.class, folder);
    }

    @Test
    void theHeapStaysFlatOverSmallQueries() throws IOException {
        long ours = growth(
                true, "queries", 500, "SELECT mamba_summarize(concat('The cat slept. It woke at ', id)) FROM range(2)");
        long ofSpark =
                growth(false, "queries", 500, "SELECT upper(concat('The cat slept. It woke at ', id)) FROM range(2)");
        assertThat(ours).as("bytes a query, where Spark takes %d", ofSpark).isLessThan(ofSpark + 2 * KILOBYTE);
    }

    @Test
    void aSessionLeavesHardlyMoreThanOneOfSparkAlone() throws IOException {
        long ours = growth(true, "sessions", 50, "SELECT mamba_summarize('The cat slept. It woke.')");
        long ofSpark = growth(false, "sessions", 50, "SELECT upper('The cat slept. It woke.')");
        assertThat(ours).as("bytes a session, where Spark leaves %d", ofSpark).isLessThan(ofSpark + 200 * KILOBYTE);
    }

    private static long growth(boolean ours, String what, int times, String sql) throws IOException {
        SparkSubmit submit = SparkSubmit.onMavenJars(folder)
                .master("local[1]")
                .conf("spark.driver.memory", "1g")
                // So that what Spark remembers of queries, and what it caches, has its full size after the warm-up.
                .conf("spark.ui.retainedJobs", "10")
                .conf("spark.ui.retainedStages", "10")
                .conf("spark.ui.retainedTasks", "10")
                .conf("spark.sql.ui.retainedExecutions", "10")
                .conf("spark.driver.extraJavaOptions", "-XX:SoftRefLRUPolicyMSPerMB=0");
        Programs.Result result = (ours ? submit.withBundle() : submit.withBundleThatCameLate())
                .run(program, what, Integer.toString(times), sql)
                .exitsWith(0);
        System.out.print(what + (ours ? " of ours: " : " of Spark: ") + result.out());
        return Long.parseLong(result.out()
                .lines()
                .filter(line -> line.startsWith("HEAP "))
                .findFirst()
                .orElseThrow()
                .substring("HEAP ".length()));
    }
}

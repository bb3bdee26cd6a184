package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.HeapGrowth;

/** A driver that lives for weeks holds no more after a thousand queries, or sessions, than after the first ones. */
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
    void theHeapStaysFlatOverSmallQueries() {
        long ours = growth(
                true, "queries", 500, "SELECT mamba_summarize(concat('The cat slept. It woke at ', id)) FROM range(2)");
        long ofSpark =
                growth(false, "queries", 500, "SELECT upper(concat('The cat slept. It woke at ', id)) FROM range(2)");
        assertThat(ours)
                .as("bytes a query, where Spark alone takes %d", ofSpark)
                .isLessThan(ofSpark + 2 * KILOBYTE);
    }

    @Test
    void aSessionLeavesHardlyMoreBehindThanOneOfSparkAlone() {
        long ours = growth(true, "sessions", 25, "SELECT mamba_summarize('The cat slept. It woke.')");
        long ofSpark = growth(false, "sessions", 25, "SELECT upper('The cat slept. It woke.')");
        assertThat(ours)
                .as("bytes a session, where Spark alone leaves %d", ofSpark)
                .isLessThan(ofSpark + 200 * KILOBYTE);
    }

    private static long growth(boolean bundle, String what, int times, String sql) {
        SparkSubmit submit = SparkSubmit.onMavenJars(folder).master("local[1]");
        Programs.Result result = (bundle ? submit.withBundle() : submit)
                .run(program, what, Integer.toString(times), sql)
                .exitsWith(0);
        System.out.print(what + (bundle ? " with the bundle: " : " of Spark alone: ") + result.out());
        return Long.parseLong(result.out()
                .lines()
                .filter(line -> line.startsWith("HEAP "))
                .findFirst()
                .orElseThrow()
                .substring("HEAP ".length()));
    }
}

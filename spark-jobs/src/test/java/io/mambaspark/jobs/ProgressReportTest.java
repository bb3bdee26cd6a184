package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    @Test
    void estimatesWhatIsLeftFromTheDocumentsThatAreDone() {
        ProgressReport halfway = new ProgressReport(2, 500_000, 100_000, 100_000, Duration.ofSeconds(20));
        assertThat(halfway.line(4, 1_000_000))
                .isEqualTo("2 of 4 documents, 100,000 of ≈200,000 tokens, 5,000 tokens/s, about 0:20 left");
    }

    @Test
    void countsTheTokensOfABookThatIsBeingRead() {
        ProgressReport within = new ProgressReport(0, 0, 0, 100_000, Duration.ofSeconds(20));
        assertThat(within.line(1, 1_000_000))
                .isEqualTo("0 of 1 documents, 100,000 of ≈250,000 tokens, 5,000 tokens/s, about 0:30 left");
    }

    @Test
    void saysNothingOfTheTimeLeftBeforeAnyTokenIsRead() {
        ProgressReport start = new ProgressReport(0, 0, 0, 0, Duration.ofSeconds(1));
        assertThat(start.line(4, 4_000)).isEqualTo("0 of 4 documents, 0 of ≈1,000 tokens, 0 tokens/s");
    }

    @Test
    void tellsOfTasksWhoseGpuFailed() {
        ProgressReport end = new ProgressReport(4, 4_000, 1_000, 1_000, Duration.ofSeconds(1));
        JobCounters counters = JobCounters.in(LocalSpark.session().sparkContext());
        assertThat(end.closing(counters)).doesNotContain("GPU");
        counters.fallbacks().add(3);
        assertThat(end.closing(counters)).contains("3 tasks read on the CPU because a GPU failed");
    }
}

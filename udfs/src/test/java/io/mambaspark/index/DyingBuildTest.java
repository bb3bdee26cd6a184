package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that come to no end, and builds at the same time: nothing is lost, nothing is there twice. */
@Tag("thorough")
class DyingBuildTest {
    private static final String ROUND_BYTES = "spark.mamba.index.roundBytes";

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @BeforeEach
    void threeRounds() {
        LocalSpark.session().conf().set(ROUND_BYTES, "4k");
    }

    @AfterEach
    void asBefore() {
        LocalSpark.session().conf().unset(ROUND_BYTES);
    }

    private IndexBuild build(Dataset<Row> documents) {
        return MambaIndex.build(Library.spark(), folder.toString()).documents(documents);
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Dies when a round was read. */
    private record DiesAfter(int lastRound) implements BuildListener {
        @Override
        public void roundRead(int round) {
            if (round == lastRound) {
                throw new Death();
            }
        }
    }

    /** Does something when everything is read. */
    private record WhenRead(Runnable action) implements BuildListener {
        @Override
        public void indexing(long passages, int shards) {
            action.run();
        }
    }

    @Test
    void whatADeadBuildHadReadIsNotReadAgain() {
        long documents = Library.documents().count();
        assertThatThrownBy(() ->
                        build(Library.documents()).listener(new DiesAfter(2)).create())
                .isInstanceOf(Death.class);
        assertThatThrownBy(() -> MambaIndex.open(Library.spark(), folder.toString()))
                .hasMessageStartingWith("[MAMBA_INDEX_NOT_FOUND]");
        try (ModelEvents events = ModelEvents.count()) {
            BuildReport report = build(Library.documents()).append();
            assertThat(report.adopted()).isBetween(9L, documents - 1);
            assertThat(report.read()).isEqualTo(documents - report.adopted()).isEqualTo(events.documents());
        }
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
        assertThat(folder.resolve("rounds")).isEmptyDirectory();
    }

    @Test
    void theOldIndexIsReadableAndWhatIsReadIsKeptUntilTheCommit() {
        build(Library.documents("alice")).create();
        List<String> before = Library.content(folder.toString());
        assertThatThrownBy(() -> build(Library.documents())
                        .listener(new WhenRead(() -> {
                            throw new Death();
                        }))
                        .append())
                .isInstanceOf(Death.class);
        assertThat(Library.content(folder.toString())).isEqualTo(before);
        try (ModelEvents events = ModelEvents.count()) {
            BuildReport report = build(Library.documents()).append();
            assertThat(report.adopted()).isEqualTo(Library.documents().count() - 6);
            assertThat(events.tokens()).isZero();
        }
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
    }

    @Test
    void aRoundThatIsNotCompleteDoesNotCount() {
        AtomicInteger rounds = new AtomicInteger();
        Runnable dieInTheSecond = () -> {
            if (rounds.get() == 1) {
                throw new AssertionError("the task dies, and so does its second attempt");
            }
        };
        BuildListener counting = new BuildListener() {
            @Override
            public void roundRead(int round) {
                rounds.set(round);
            }
        };
        try (ModelEvents events = ModelEvents.count(dieInTheSecond)) {
            assertThat(catchThrowable(
                            () -> build(Library.documents()).listener(counting).create()))
                    .isNotNull();
            assertThat(events.documents()).isPositive();
        }
        BuildReport report = build(Library.documents()).append();
        assertThat(report.adopted()).isEqualTo(8);
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
    }

    @Test
    void whatWasReadInAnotherWayIsReadAgain() {
        assertThatThrownBy(() -> build(Library.documents("alice"))
                        .passages(Passages.WHOLE)
                        .listener(new DiesAfter(1))
                        .create())
                .isInstanceOf(Death.class);
        assertThat(build(Library.documents("alice")).create().adopted()).isZero();
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf("alice"));
    }

    @Test
    void ofADeadBuildOnlyTheDocumentsThatAreAskedForAreTaken() {
        assertThatThrownBy(() ->
                        build(Library.documents()).listener(new DiesAfter(3)).create())
                .isInstanceOf(Death.class);
        Dataset<Row> changed = Library.withNewText(Library.documents("alice"), "alice-3");
        BuildReport report = build(changed).create();
        assertThat(report.adopted()).isEqualTo(5);
        assertThat(report.read()).isEqualTo(1);
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(changed, other));
    }

    @Test
    void aTaskThatFailsAtFirstDuplicatesNothing() {
        AtomicBoolean failed = new AtomicBoolean();
        Runnable failOnce = () -> {
            TaskContext task = TaskContext.get();
            if (task != null && task.attemptNumber() == 0 && task.partitionId() == 0) {
                failed.set(true);
                throw new AssertionError("the first attempt dies");
            }
        };
        try (ModelEvents events = ModelEvents.count(failOnce)) {
            BuildReport report = build(Library.documents()).create();
            assertThat(failed).isTrue();
            assertThat(report.read()).isEqualTo(Library.documents().count());
            assertThat(events.documents()).isEqualTo(report.read());
        }
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
    }

    @Test
    void ofTwoBuildsAtATimeOneWinsAndTheOtherSaysSo() {
        build(Library.documents("machine")).create();
        IndexBuild loser = build(Library.documents())
                .listener(new WhenRead(() -> build(Library.documents("alice")).append()));
        assertThatThrownBy(loser::append)
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_CONCURRENT_BUILD]")
                .hasMessageContaining("version 2 now");
        assertThat(folder.resolve("rounds")).isNotEmptyDirectory();
        assertThat(Library.ids(folder))
                .allMatch(id -> id.startsWith("alice") || id.startsWith("machine"))
                .contains("alice-1", "machine-1");
        assertThat(folder.resolve("shards").toFile().list()).hasSize(2);
        assertThat(folder.resolve("passages").toFile().list()).hasSize(2);
        try (ModelEvents events = ModelEvents.count()) {
            assertThat(build(Library.documents()).append().read()).isZero();
            assertThat(events.tokens()).isZero();
        }
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
        assertThat(folder.resolve("rounds")).isEmptyDirectory();
    }

    /** Hears of damaged rounds, and dies after the first round. */
    private static final class Damaged implements BuildListener {
        private final List<String> rounds = new ArrayList<>();

        @Override
        public void roundDamaged(String round, String problem) {
            rounds.add(round.substring(round.lastIndexOf('/') + 1));
        }
    }

    private void spoil(String round, String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("rounds"))) {
            Path file = files.filter(path -> path.toString().contains(round))
                    .filter(path -> path.toString().endsWith(kind))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        }
    }

    @Test
    void aDamagedRoundIsReportedAndReadAgain() throws IOException {
        long documents = Library.documents().count();
        assertThatThrownBy(() ->
                        build(Library.documents()).listener(new DiesAfter(3)).create())
                .isInstanceOf(Death.class);
        spoil("round-0/", ".parquet");
        spoil("round-1", ".json");
        Damaged damaged = new Damaged();
        BuildReport report = build(Library.documents()).listener(damaged).append();
        assertThat(damaged.rounds).containsExactlyInAnyOrder("round-0", "round-1");
        assertThat(report.adopted()).isPositive();
        assertThat(report.read()).isPositive().isEqualTo(documents - report.adopted());
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf(""));
        assertThat(folder.resolve("rounds")).isEmptyDirectory();
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output is replaced by a process that may die, or whose disk may fail, at every single change of the file system. */
class JobOutputTest {
    private static final Configuration CONF = DyingFileSystem.conf();
    /** More than any run has. */
    private static final int MOST_CHANGES = 60;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    @AfterEach
    void revive() {
        DyingFileSystem.revive();
        out = folder.resolve("shelf/out");
    }

    private JobOutput prepare(String scheme) {
        return JobOutput.prepare("test", Place.of("--output", scheme + ":" + out, CONF), true, CONF);
    }

    private void run(String scheme, String rows) {
        prepare(scheme).write(path -> {
            try {
                for (String file : List.of("part-0", "part-1", "_SUCCESS")) {
                    DyingFileSystem.write(new org.apache.hadoop.fs.Path(path, file), rows, CONF);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What an earlier version or Spark itself wrote: no marker. */
    private void writeUnmarked(String rows) throws IOException {
        Files.createDirectories(out);
        for (String file : List.of("part-0", "part-1", "_SUCCESS")) {
            Files.writeString(out.resolve(file), rows);
        }
    }

    private static boolean holds(Path output, String rows) throws IOException {
        for (String file : List.of("part-0", "part-1")) {
            Path part = output.resolve(file);
            if (!Files.exists(part) || !Files.readString(part).equals(rows)) {
                return false;
            }
        }
        return true;
    }

    private List<Path> beside(String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.exists(out.getParent())) {
            try (Stream<Path> all = Files.list(out.getParent())) {
                all.filter(path -> path.getFileName().toString().startsWith(".out." + kind + "-"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private void clear() throws IOException {
        org.apache.hadoop.fs.FileUtil.fullyDelete(out.getParent().toFile());
    }

    /** Of a process that is killed within the first {@code changes}; false if it lives longer. */
    private boolean killedAfter(int changes, String scheme, String rows) {
        DyingFileSystem.failAfter(changes, true);
        Throwable failure = catchThrowable(() -> run(scheme, rows));
        boolean killed = DyingFileSystem.revive();
        if (!killed) {
            assertThat(failure).isNull();
        }
        return killed;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereverAJobIsKilledTheOldOrTheNewOutputIsWholeAndTheNextRunCleansUp(boolean marked) throws IOException {
        int kills = 0;
        boolean sawOld = false;
        boolean sawNew = false;
        for (boolean killed = true; killed; kills++) {
            clear();
            if (marked) {
                run(DyingFileSystem.RENAMING, "old");
            } else {
                writeUnmarked("old");
            }
            killed = killedAfter(kills, DyingFileSystem.RENAMING, "new");
            List<Path> olds = beside("old");
            Path whole = Files.exists(out) ? out : olds.get(0);
            assertThat(holds(whole, "old") || holds(whole, "new"))
                    .as("whole after %s changes", kills)
                    .isTrue();
            String rows = holds(whole, "old") ? "old" : "new";
            sawOld |= killed && rows.equals("old") && !Files.exists(out);
            sawNew |= killed && rows.equals("new");

            prepare(DyingFileSystem.RENAMING);
            assertThat(holds(out, rows)).as("restored").isTrue();
            assertThat(beside("old")).isEmpty();
            assertThat(beside("new")).isEmpty();
            run(DyingFileSystem.RENAMING, "next");
            assertThat(holds(out, "next")).isTrue();
            assertThat(kills).isLessThan(MOST_CHANGES);
        }
        assertThat(sawOld).as("killed between the two renames").isTrue();
        assertThat(sawNew).as("killed while the old output was deleted").isTrue();
    }

    @Test
    void theRunThatCleansUpMayBeKilledAsWell() throws IOException {
        boolean first = true;
        for (int kills = 0; first; kills++) {
            boolean second = true;
            for (int later = 0; second; later++) {
                clear();
                run(DyingFileSystem.RENAMING, "old");
                first = killedAfter(kills, DyingFileSystem.RENAMING, "new");
                second = killedAfter(later, DyingFileSystem.RENAMING, "newer");
                prepare(DyingFileSystem.RENAMING);
                assertThat(holds(out, "old") || holds(out, "new") || holds(out, "newer"))
                        .as("whole after %s and %s changes", kills, later)
                        .isTrue();
                assertThat(beside("old")).isEmpty();
                assertThat(beside("new")).isEmpty();
                assertThat(later).isLessThan(MOST_CHANGES);
            }
            assertThat(kills).isLessThan(MOST_CHANGES);
        }
    }

    @Test
    void aFirstOutputIsThereAsAWholeOrNotAtAll() throws IOException {
        boolean killed = true;
        for (int kills = 0; killed; kills++) {
            clear();
            killed = killedAfter(kills, DyingFileSystem.RENAMING, "new");
            assertThat(!Files.exists(out) || holds(out, "new"))
                    .as("whole after %s changes", kills)
                    .isTrue();
            prepare(DyingFileSystem.RENAMING);
            assertThat(beside("new")).isEmpty();
        }
    }

    /** The disk is full once, a permission is missing: the job fails, and nothing else does. */
    @Test
    void aJobWhoseDiskFailsLeavesTheOldOutputInItsPlaceAndSaysWhereNewRowsAre() throws IOException {
        boolean failed = true;
        int named = 0;
        for (int changes = 0; failed; changes++) {
            clear();
            run(DyingFileSystem.RENAMING, "old");
            DyingFileSystem.failAfter(changes, false);
            Throwable failure = catchThrowable(() -> run(DyingFileSystem.RENAMING, "new"));
            failed = DyingFileSystem.revive();
            assertThat(holds(out, failure == null ? "new" : "old"))
                    .as("in its place after %s changes", changes)
                    .isTrue();
            if (failure instanceof MambaSqlException e) {
                named++;
                assertThat(e.getCondition()).isEqualTo("MAMBA_OUTPUT_NOT_REPLACED");
                String rows = e.getMessageParameters().get("rows");
                assertThat(holds(Path.of(java.net.URI.create(rows).getPath()), "new"))
                        .isTrue();
            }
            prepare(DyingFileSystem.RENAMING);
            assertThat(beside("old")).isEmpty();
            assertThat(beside("new")).isEmpty();
        }
        assertThat(named).as("failures of the two renames").isEqualTo(2);
    }

    /** An object store has no renaming of folders. Then a run may refuse to choose, and changes nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereFoldersAreCopiedOldOrNewRowsAreWholeSomewhereAndTheNextRunNeverDeletesThem(boolean marked)
            throws IOException {
        boolean killed = true;
        int refused = 0;
        for (int kills = 0; killed; kills++) {
            clear();
            if (marked) {
                run(DyingFileSystem.COPYING, "old");
            } else {
                writeUnmarked("old");
            }
            killed = killedAfter(kills, DyingFileSystem.COPYING, "new");
            Throwable refusal = catchThrowable(() -> prepare(DyingFileSystem.COPYING));
            List<Path> all = new ArrayList<>(List.of(out));
            all.addAll(beside("old"));
            all.addAll(beside("new"));
            boolean whole = false;
            for (Path each : all) {
                whole |= holds(each, "old") || holds(each, "new");
            }
            assertThat(whole).as("whole after %s changes", kills).isTrue();
            if (refusal != null) {
                refused++;
                assertThat(refusal)
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining(out.toString())
                        .hasMessageContaining(beside("old").get(0).getFileName().toString());
            } else {
                assertThat(all).containsExactly(out);
            }
        }
        assertThat(refused).isPositive();
    }

    /** Hours may pass between the first check and the last. */
    @Test
    void whatCameIntoTheFolderWhileTheJobWasReadingStaysThere() throws IOException {
        run(DyingFileSystem.RENAMING, "old");
        JobOutput output = prepare(DyingFileSystem.RENAMING);
        Throwable failure = catchThrowable(() -> output.write(path -> {
            try {
                Files.writeString(out.resolve("thesis.txt"), "mine");
                DyingFileSystem.write(new org.apache.hadoop.fs.Path(path, "part-0"), "new", CONF);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertThat(failure).hasMessageContaining("it holds thesis.txt now");
        assertThat(out.resolve("thesis.txt")).hasContent("mine");
        assertThat(holds(out, "old")).isTrue();
    }

    @Test
    void anOutputOfAnotherJobThatCameMeanwhileIsNotTouched() throws IOException {
        JobOutput output = JobOutput.prepare("test", Place.of("--output", "file:" + out, CONF), false, CONF);
        Throwable failure = catchThrowable(() -> output.write(path -> {
            try {
                writeUnmarked("theirs");
                Path mine = Files.createDirectories(
                        Path.of(java.net.URI.create(path).getPath()));
                Files.writeString(mine.resolve("part-0"), "mine");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertThat(failure).hasMessageStartingWith("[MAMBA_OUTPUT_NOT_REPLACED]");
        assertThat(holds(out, "theirs")).isTrue();
        assertThat(beside("new"))
                .singleElement()
                .satisfies(rows -> assertThat(rows.resolve("part-0")).hasContent("mine"));
    }
}

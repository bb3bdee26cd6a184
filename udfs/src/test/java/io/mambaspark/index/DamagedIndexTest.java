package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that was damaged: it is never taken for less than it was, and what can be saved is saved on request only. */
class DamagedIndexTest {
    /** Of two versions: five documents, then one more. */
    @TempDir
    private static Path original;

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeAll
    static void build() {
        MambaIndex.build(Library.spark(), original.toString())
                .documents(Library.documents("machine"))
                .create();
        MambaIndex.build(Library.spark(), original.toString())
                .documents(Library.documents("alice-1"))
                .append();
    }

    @BeforeEach
    void copy() throws IOException {
        folder = parent.resolve("library");
        FileUtils.copyDirectory(original.toFile(), folder.toFile());
    }

    private IndexBuild build(Dataset<Row> documents) {
        return MambaIndex.build(Library.spark(), folder.toString()).documents(documents);
    }

    private MambaIndex index() {
        return MambaIndex.open(Library.spark(), folder.toString());
    }

    private RepairReport repair(boolean apply) {
        return MambaIndex.repair(Library.spark(), folder.toString(), apply);
    }

    /** Every file and its checksum. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), DigestUtils.sha256Hex(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private Path manifest(long version) {
        return folder.resolve(ManifestStore.name(version));
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    private Path largest(String kind, long version) {
        try (Stream<Path> files = Files.walk(folder.resolve(kind))) {
            return files.filter(file -> file.toString().contains(String.format("/%06d-", version)))
                    .filter(file -> file.toString().matches(".*[.](cfs|parquet)"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nobodyGoesOnFromADamagedManifest() throws IOException {
        int end = Files.readAllBytes(manifest(2)).length;
        for (int at : new int[] {10, end / 2}) {
            flip(manifest(2), at);
            Map<String, String> before = files();
            List<ThrowingCallable> uses = List.of(
                    () -> index().describe(),
                    () -> LocalSpark.rows("SELECT * FROM mamba_search('" + folder + "', 'a cat')"),
                    () -> build(Library.documents("alice-2")).append(),
                    () -> build(Library.documents("alice-2")).create(),
                    () -> build(Library.documents("alice-2")).replace(),
                    () -> index().delete(List.of("alice-1")),
                    () -> index().compact(),
                    () -> index().verify());
            assertThat(uses)
                    .allSatisfy(use -> assertThatThrownBy(use)
                            .isInstanceOf(SparkThrowable.class)
                            .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                            .hasMessageContaining(manifest(2).toString()));
            assertThat(files()).isEqualTo(before);
            flip(manifest(2), at);
        }
    }

    @Test
    void beforeAWriteThatWasNotFinishedNothingIsDeleted() throws IOException {
        byte[] whole = Files.readAllBytes(manifest(2));
        Files.write(manifest(2), Arrays.copyOf(whole, whole.length * 2 / 3));
        Map<String, String> before = files();
        assertThat(index().describe().version()).isEqualTo(1);
        assertThat(index().search("the time traveller", SearchOptions.defaults())
                        .count())
                .isPositive();
        assertThat(build(Library.documents("alice-2")).append().version()).isEqualTo(3);
        index().delete(List.of("machine-1"));
        assertThat(index().compact().version()).isEqualTo(5);
        assertThat(files()).containsAllEntriesOf(before);
        assertThat(index().describe().documents()).isEqualTo(5);
        assertThat(index().verify()).extracting(Damage::file).containsExactly("manifest-2.json");
    }

    @Test
    void anIntactIndexNeedsNoRepair() throws IOException {
        Map<String, String> before = files();
        assertThat(repair(true)).isEqualTo(new RepairReport(List.of(), List.of(), true, 2, 6, 0));
        assertThat(files()).isEqualTo(before);
        FileUtils.cleanDirectory(folder.toFile());
        assertThatThrownBy(() -> repair(false)).hasMessageStartingWith("[MAMBA_INDEX_NOT_FOUND]");
    }

    /** The files that it names prove what it says. */
    @Test
    void aManifestOfWhichOnlyTheSealIsDamagedIsSavedWhole() throws IOException {
        List<String> content = Library.content(folder.toString());
        flip(manifest(2), 30);
        Map<String, String> before = files();
        RepairReport plan = repair(false);
        assertThat(plan.problems()).extracting(Damage::file).containsExactly("manifest-2.json");
        assertThat(plan.steps()).hasSize(2);
        assertThat(files()).isEqualTo(before);
        RepairReport done = repair(true);
        assertThat(done.steps()).isEqualTo(plan.steps());
        assertThat(done.version()).isEqualTo(3).isEqualTo(index().describe().version());
        assertThat(done.documents()).isEqualTo(6).isEqualTo(index().describe().documents());
        assertThat(Library.content(folder.toString())).isEqualTo(content);
        assertThat(files()).containsKey("manifest-2.json.damaged");
    }

    @Tag("thorough")
    @Test
    void whereItsContentIsDamagedTheVersionBeforeIsSavedAndNoFileDeleted() throws IOException {
        byte[] bytes = Files.readAllBytes(manifest(2));
        flip(manifest(2), bytes.length - 3); // a bracket
        Map<String, String> before = files();
        assertThat(repair(true).version()).isEqualTo(1);
        assertThat(index().describe().documents()).isEqualTo(5);
        before.put("manifest-2.json.damaged", before.remove("manifest-2.json"));
        assertThat(files()).isEqualTo(before);
        // What the damaged manifest names stays until somebody deletes that manifest.
        build(Library.documents("alice")).append();
        index().compact();
        index().delete(List.of("alice-1"));
        assertThat(files()).containsAllEntriesOf(before);
        Files.delete(folder.resolve("manifest-2.json.damaged"));
        index().compact();
        assertThat(largestOrNone(1)).isFalse();
    }

    private boolean largestOrNone(long version) {
        return catchThrowable(() -> largest("shards", version)) == null;
    }

    @Test
    void shardsAreMadeAgainFromTheirPassages() throws IOException {
        List<String> content = Library.content(folder.toString());
        flip(largest("shards", 1), 100);
        RepairReport done = repair(true);
        assertThat(done.problems())
                .singleElement()
                .satisfies(damage -> assertThat(damage.file()).startsWith("shards/"));
        assertThat(done.lost()).isZero();
        assertThat(done.version()).isEqualTo(index().describe().version());
        assertThat(index().verify()).isEmpty();
        assertThat(Library.content(folder.toString())).isEqualTo(content);
        assertThat(index().search("the time traveller", SearchOptions.defaults())
                        .count())
                .isPositive();
    }

    @Test
    void aBuildWhosePassagesAreDamagedIsLeftOutAndCanBeAppendedAgain() throws IOException {
        flip(largest("passages", 1), 100);
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> build(Library.documents("alice")).append(),
                () -> index().delete(List.of("machine-1")),
                () -> index().compact())) {
            Map<String, String> before = files();
            assertThatThrownBy(change)
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                    .hasMessageContaining(largest("passages", 1).getFileName().toString());
            assertThat(files()).isEqualTo(before);
        }
        RepairReport done = repair(true);
        assertThat(done.lost()).isEqualTo(5);
        assertThat(done.documents()).isEqualTo(1).isEqualTo(index().describe().documents());
        assertThat(index().verify()).isEmpty();
        assertThat(build(Library.documents("machine")).append().read()).isEqualTo(5);
        assertThat(index().describe().documents()).isEqualTo(6);
    }

    @Test
    void whereNoManifestCanBeSavedThePassagesStayForOtherTools() throws IOException {
        Files.delete(manifest(1));
        byte[] bytes = Files.readAllBytes(manifest(2));
        flip(manifest(2), bytes.length - 3);
        assertThat(repair(true).version()).isZero();
        assertThatThrownBy(this::index).hasMessageStartingWith("[MAMBA_INDEX_NOT_FOUND]");
        assertThat(build(Library.documents("alice-2")).create().version()).isEqualTo(3);
        assertThat(largest("passages", 1)).exists();
        assertThat(largest("passages", 2)).exists();
    }

    /** Whoever wrote the index would have others delete their own files. */
    @Test
    void nothingIsWrittenOrDeletedThroughALinkOutOfTheIndex() throws IOException {
        Path precious = parent.resolve("precious");
        Files.move(folder.resolve("shards"), precious);
        Path kept = Files.writeString(
                Files.createDirectories(precious.resolve("000001-0123456789abcdef"))
                        .resolve("file"),
                "precious");
        Files.createSymbolicLink(folder.resolve("shards"), precious);
        assertThat(index().search("the time traveller", SearchOptions.defaults())
                        .count())
                .as("reading through a link harms nobody")
                .isPositive();
        String[] before = precious.toFile().list();
        assertThatThrownBy(() -> build(Library.documents("alice")).append())
                .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                .hasMessageContaining("a symbolic link");
        index().delete(List.of("machine-1"));
        index().delete(List.of("machine-2"));
        assertThat(kept).hasContent("precious");
        assertThat(precious.toFile().list()).containsExactlyInAnyOrder(before);
    }

    @Test
    void aFileOfDeletionsThatWasChangedIsNamedAlsoWithAllowPartial() throws IOException {
        index().delete(List.of("machine-1"));
        Manifest current = new ManifestStore(IndexFolder.of(Library.spark(), folder.toString())).open();
        String deleted = current.shards()
                .filter(shard -> shard.deleted() != null)
                .map(shard -> shard.deleted().file().name())
                .findFirst()
                .orElseThrow();
        flip(folder.resolve(deleted), 5);
        assertThat(catchThrowable(
                        () -> index().search("a", SearchOptions.defaults().withAllowPartial(true))
                                .collectAsList()))
                .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                .hasMessageContaining(deleted);
        assertThatThrownBy(() -> index().delete(List.of("machine-2")))
                .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                .hasMessageContaining(deleted);
        assertThat(repair(true).lost()).isEqualTo(4);
    }
}

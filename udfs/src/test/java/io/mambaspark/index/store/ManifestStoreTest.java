package io.mambaspark.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.Library;
import io.mambaspark.index.Passages;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestStoreTest {
    @TempDir
    private Path folder;

    private ManifestStore store;

    @BeforeEach
    void open() {
        store = new ManifestStore(IndexFolder.of(Library.spark(), folder.toString()));
    }

    private static Manifest manifest(long version, long previous, String name) {
        return MadeUpManifest.empty(version, previous, name);
    }

    @Test
    void whatWasCommittedLastIsCurrent() {
        for (int version = 1; version <= 11; version++) {
            store.commit(manifest(version, version - 1, "a"), false);
        }
        assertThat(store.current()).contains(manifest(11, 10, "a"));
    }

    private void change(long version, UnaryOperator<byte[]> change) throws IOException {
        Path file = folder.resolve("manifest-" + version + ".json");
        Files.write(file, change.apply(Files.readAllBytes(file)));
    }

    private static UnaryOperator<byte[]> cut(int by) {
        return bytes -> Arrays.copyOf(bytes, bytes.length - by);
    }

    private static UnaryOperator<byte[]> flip(int at) {
        return bytes -> {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            return flipped;
        };
    }

    @Test
    void aWriteThatWasNotFinishedIsPassedOverAndItsNumberNotTakenAgain() throws IOException {
        store.commit(manifest(1, 0, "a"), false);
        store.commit(manifest(2, 1, "a"), false);
        byte[] whole = Files.readAllBytes(folder.resolve("manifest-2.json"));
        change(2, cut(1));
        assertThat(store.state()).isEqualTo(new ManifestStore.State(Optional.of(manifest(1, 0, "a")), List.of(2L), 3));
        Files.write(folder.resolve("manifest-3.json"), new byte[0]);
        assertThat(store.state())
                .isEqualTo(new ManifestStore.State(Optional.of(manifest(1, 0, "a")), List.of(2L, 3L), 4));
        change(2, bytes -> whole);
        assertThat(store.current()).contains(manifest(2, 1, "a"));
    }

    @Test
    void anIndexWhoseFirstWriteWasNotFinishedIsNone() throws IOException {
        Files.write(folder.resolve("manifest-1.json"), new byte[0]);
        assertThat(store.state()).isEqualTo(new ManifestStore.State(Optional.empty(), List.of(1L), 2));
    }

    @Test
    void aCutManifestThatIsNotTheNextVersionIsDamage() throws IOException {
        store.commit(manifest(1, 0, "a"), false);
        Files.write(folder.resolve("manifest-3.json"), new byte[0]);
        assertCorrupt("manifest-3.json");
        Files.delete(folder.resolve("manifest-3.json"));
        store.commit(manifest(2, 1, "a"), false);
        Files.move(folder.resolve("manifest-1.json"), folder.resolve("manifest-1.json.damaged"));
        change(2, cut(9));
        // Made from version 1, which is not the current one any more.
        assertCorrupt("manifest-2.json");
    }

    @Test
    void aDamagedManifestIsNeverMissing() throws IOException {
        store.commit(manifest(1, 0, "a"), false);
        store.commit(manifest(2, 1, "a"), false);
        for (int at : new int[] {3, 11, 40, 100, 150, 300}) {
            change(2, flip(at));
            assertCorrupt("manifest-2.json");
            assertThatThrownBy(() -> store.commit(manifest(3, 1, "b"), false))
                    .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]");
            change(2, flip(at));
        }
        Files.createDirectory(folder.resolve("manifest-3.json"));
        assertCorrupt("manifest-3.json");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    private void assertCorrupt(String file) {
        assertThatThrownBy(() -> store.state())
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                .hasMessageContaining(folder.resolve(file).toString());
    }

    @Test
    void aManifestThatWouldBeRefusedIsNotWritten() {
        assertThatThrownBy(() -> store.commit(manifest(1, 0, null), false))
                .hasMessageStartingWith("[MAMBA_INDEX_CORRUPT]")
                .hasMessageContaining("model.name");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ofManyWhoCommitTheSameVersionOneDoes() throws Exception {
        int builders = 8;
        store.commit(manifest(1, 0, "base"), false);
        CyclicBarrier together = new CyclicBarrier(builders);
        ExecutorService threads = Executors.newFixedThreadPool(builders);
        try {
            List<Future<Boolean>> outcomes = IntStream.range(0, builders)
                    .mapToObj(builder -> threads.submit(() -> {
                        together.await();
                        return commits(manifest(2, 1, "builder " + builder));
                    }))
                    .toList();
            int winner = -1;
            for (int builder = 0; builder < builders; builder++) {
                if (outcomes.get(builder).get()) {
                    assertThat(winner).isEqualTo(-1);
                    winner = builder;
                }
            }
            assertThat(store.current()).contains(manifest(2, 1, "builder " + winner));
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean commits(Manifest manifest) {
        try {
            store.commit(manifest, false);
            return true;
        } catch (MambaSqlException e) {
            assertThat(e.getCondition()).isEqualTo("MAMBA_INDEX_CONCURRENT_BUILD");
            return false;
        }
    }

    @Test
    void aChangeOfAnOlderVersionIsRefusedAlsoIfItsNumberIsFree() {
        store.commit(manifest(1, 0, "a"), false);
        store.commit(manifest(2, 1, "a"), false);
        assertThatThrownBy(() -> store.commit(manifest(7, 1, "b"), false))
                .hasMessageStartingWith("[MAMBA_INDEX_CONCURRENT_BUILD]");
        assertThat(store.current()).contains(manifest(2, 1, "a"));
    }

    @Test
    void aFormatOfTheFutureIsNotPassedOver() {
        store.commit(manifest(1, 0, "a"), false);
        store.commit(
                new Manifest(
                        Manifest.FORMAT + 1,
                        2,
                        1,
                        manifest(1, 0, "a").model(),
                        Passages.RULE,
                        "",
                        IndexTerms.PLAIN,
                        List.of()),
                false);
        assertThatThrownBy(() -> store.current()).hasMessageStartingWith("[MAMBA_INDEX_FORMAT_UNKNOWN]");
    }
}

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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        return new Manifest(
                Manifest.FORMAT, version, previous, new IndexModel(name, "a", 2), Passages.RULE, "", List.of());
    }

    @Test
    void whatWasCommittedLastIsCurrent() {
        for (int version = 1; version <= 11; version++) {
            store.commit(manifest(version, version - 1, "a"), false);
        }
        assertThat(store.current()).contains(manifest(11, 10, "a"));
    }

    @Test
    void aManifestThatWasCutIsPassedOver() throws IOException {
        store.commit(manifest(1, 0, "a"), false);
        store.commit(manifest(2, 1, "a"), false);
        Path second = folder.resolve("manifest-2.json");
        byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length - 1));
        assertThat(store.current()).contains(manifest(1, 0, "a"));
        Files.write(second, whole);
        assertThat(store.current()).contains(manifest(2, 1, "a"));
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
        store.commit(new Manifest(2, 2, 1, new IndexModel("a", "a", 2), Passages.RULE, "", List.of()), false);
        assertThatThrownBy(() -> store.current()).hasMessageStartingWith("[MAMBA_INDEX_FORMAT_UNKNOWN]");
    }
}

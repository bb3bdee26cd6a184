package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCacheTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    private Path index;

    @TempDir
    private Path local;

    private IndexFolder folder;
    private List<ShardEntry> shards;
    private ShardCache cache;

    @BeforeEach
    void write() {
        folder = IndexFolder.of(LocalSpark.session(), index.toString());
        shards = IntStream.range(0, 3)
                .mapToObj(i -> MadeUpShard.write(index, i, new MadeUpPassages(i).documents(20 + i, 3)))
                .toList();
        cache = new ShardCache(() -> local);
    }

    private void use(int shard, long maxBytes) {
        try (ShardCache.Lease lease = cache.open(folder, shards.get(shard), maxBytes)) {
            assertThat(lease.shard().passages())
                    .isEqualTo((int) shards.get(shard).passages());
        }
    }

    private long bytes(int... some) {
        return IntStream.of(some).mapToLong(i -> shards.get(i).bytes()).sum();
    }

    /** The checksums of the shards that lie on the disk. */
    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.walk(local, 2)) {
            return files.filter(file -> local.relativize(file).getNameCount() == 2)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private String checksum(int shard) {
        return shards.get(shard).checksum();
    }

    @Test
    void aShardIsCopiedOnce() throws IOException {
        use(0, NO_LIMIT);
        use(0, NO_LIMIT);
        use(1, NO_LIMIT);
        use(0, NO_LIMIT);
        assertThat(cache.copied()).isEqualTo(2);
        assertThat(cache.bytes()).isEqualTo(bytes(0, 1));
        assertThat(onDisk()).containsExactlyInAnyOrder(checksum(0), checksum(1));
    }

    @Test
    void whatWasUsedLongestAgoMakesRoom() throws IOException {
        long maxBytes = bytes(0, 2) + bytes(1) / 2;
        use(0, maxBytes);
        use(1, maxBytes);
        use(0, maxBytes);
        use(2, maxBytes);
        assertThat(onDisk()).containsExactlyInAnyOrder(checksum(0), checksum(2));
        assertThat(cache.bytes()).isEqualTo(bytes(0, 2));
        use(0, maxBytes);
        assertThat(cache.copied()).isEqualTo(3);
        use(1, maxBytes);
        assertThat(cache.copied()).isEqualTo(4);
        assertThat(onDisk()).containsExactlyInAnyOrder(checksum(0), checksum(1));
    }

    @Test
    void whatIsInUseStays() throws IOException {
        ShardCache.Lease first = cache.open(folder, shards.get(0), 1);
        ShardCache.Lease again = cache.open(folder, shards.get(0), 1);
        use(1, 1);
        assertThat(onDisk()).containsExactly(checksum(0));
        first.close();
        first.close();
        assertThat(again.shard().docIds(new int[] {0})).containsExactly("doc-00000");
        assertThat(cache.bytes()).isEqualTo(bytes(0));
        again.close();
        assertThat(onDisk()).isEmpty();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void aFlippedByteIsNamed() throws IOException {
        Path file = index.resolve(shards.get(0).path()).resolve(largest(0));
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(() -> use(0, NO_LIMIT))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]")
                .hasMessageContaining(shards.get(0).path() + '/' + largest(0))
                .hasMessageContaining(folder.root());
        assertThat(cache.bytes()).isZero();
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        use(0, NO_LIMIT);
        assertThat(cache.copied()).isEqualTo(1);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(index.resolve(shards.get(1).path()).resolve(largest(1)));
        assertThatThrownBy(() -> use(1, NO_LIMIT))
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]")
                .hasMessageContaining(shards.get(1).path() + '/' + largest(1) + " cannot be read");
    }

    private String largest(int shard) {
        return shards.get(shard).files().stream()
                .max((a, b) -> Long.compare(a.length(), b.length()))
                .orElseThrow()
                .name();
    }

    @Test
    void manyWhoAskAtATimeShareOneCopy() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> users = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> use(i % 2, NO_LIMIT)))
                    .toList();
            for (Future<?> user : users) {
                user.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(cache.copied()).isEqualTo(2);
    }
}

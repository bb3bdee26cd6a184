package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.index.CopyingFileSystem;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCacheTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final ShardReader READER = ShardReader.opening();

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
        try (ShardCache.Lease lease = cache.open(folder, shards.get(shard), READER, maxBytes)) {
            assertThat(lease.shard().passages())
                    .isEqualTo((int) shards.get(shard).passages());
        }
    }

    private long bytes(int... some) {
        return IntStream.of(some).mapToLong(i -> shards.get(i).bytes()).sum();
    }

    /** The beginnings of the checksums of the shards that are on the disk. */
    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.walk(local, 2)) {
            return files.filter(file -> local.relativize(file).getNameCount() == 2)
                    .map(file -> file.getFileName().toString().replaceAll("-.*", ""))
                    .toList();
        }
    }

    private String checksum(int shard) {
        return shards.get(shard).checksum().substring(0, 16);
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
        ShardCache.Lease first = cache.open(folder, shards.get(0), READER, 1);
        ShardCache.Lease again = cache.open(folder, shards.get(0), READER, 1);
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

    @Test
    void anIndexWithTheSameFilesGetsACopyOfItsOwn(@TempDir Path other) throws IOException {
        use(0, NO_LIMIT);
        FileUtils.copyDirectory(index.toFile(), other.toFile());
        IndexFolder copied = IndexFolder.of(LocalSpark.session(), other.toString());
        cache.open(copied, shards.get(0), READER, NO_LIMIT).close();
        assertThat(cache.copied()).isEqualTo(2);
        FileUtils.cleanDirectory(other.toFile());
        // What is in the cache is no way into an index whose files are gone.
        assertThatThrownBy(() -> cache.open(copied, shards.get(0), ShardReader.opening(), NO_LIMIT))
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]");
        cache.open(copied, shards.get(0), READER, NO_LIMIT).close();
    }

    /** The checksum that a manifest claims is not what a copy is known by. */
    @Test
    void aClaimedChecksumLeadsToNoCopyOfAnotherShard() {
        use(0, NO_LIMIT);
        ShardEntry known = shards.get(0);
        ShardEntry one = shards.get(1);
        ShardEntry claims = new ShardEntry(
                1, known.path(), one.documents(), one.passages(), one.bytes(), known.checksum(), one.files(), null);
        assertThatThrownBy(() -> cache.open(folder, claims, READER, NO_LIMIT))
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]");
    }

    @Test
    void aCopyIsNotForAUserWhoCannotReadTheIndex() throws Exception {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.copying.impl", CopyingFileSystem.class.getName());
        IndexFolder guarded =
                new IndexFolder(CopyingFileSystem.SCHEME + "://" + index, new SerializableConfiguration(hadoop));
        UserGroupInformation owner = UserGroupInformation.createRemoteUser("owner");
        UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
        CopyingFileSystem.onlyFor("owner");
        try {
            open(guarded, owner);
            assertThatThrownBy(() -> open(guarded, stranger))
                    .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]")
                    .hasMessageContaining("Permission denied: user=stranger");
            open(guarded, owner);
            assertThat(cache.copied()).isEqualTo(1);
        } finally {
            CopyingFileSystem.onlyFor(null);
        }
        open(guarded, stranger);
        assertThat(cache.copied()).isEqualTo(1);
    }

    private void open(IndexFolder guarded, UserGroupInformation user) {
        user.doAs((PrivilegedAction<Void>) () -> {
            cache.open(guarded, shards.get(0), READER, NO_LIMIT).close();
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../stolen", "/stolen", "a/../../stolen", "..", ".", "nul\0", "a\\b"})
    void whateverTheFilesAreCalledNothingOutsideIsTouched(String name) throws IOException {
        Path disk = Files.createDirectories(local.resolve("outside/disk"));
        ShardCache deep = new ShardCache(() -> disk);
        StoredFile file = shards.get(0).files().get(0);
        ShardEntry forged = ShardEntry.of(
                0, shards.get(0).path(), 1, 1, List.of(new StoredFile(name, file.length(), file.sha256())));
        assertThatThrownBy(() -> deep.open(folder, forged, READER, NO_LIMIT))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]");
        assertThat(Path.of("/stolen")).doesNotExist();
        try (Stream<Path> files = Files.walk(local)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(disk.getParent().toFile().list()).containsExactly("disk");
    }

    /** Who can write to the disk of the executor puts links where copies are: what they lead to stays. */
    @Test
    void linksInTheCacheAreNotFollowed(@TempDir Path precious) throws IOException {
        Path file = Files.writeString(precious.resolve("file"), "precious");
        use(0, NO_LIMIT);
        Path copy;
        try (Stream<Path> copies = Files.walk(local, 2)) {
            copy = copies.filter(path -> path.getFileName().toString().startsWith(checksum(0)))
                    .findFirst()
                    .orElseThrow();
        }
        Files.createSymbolicLink(copy.resolve("folder"), precious);
        Files.createSymbolicLink(copy.resolve("file"), file);
        use(1, 1); // makes room
        assertThat(copy).doesNotExist();
        assertThat(file).hasContent("precious");
    }

    @Test
    void aCacheThatWasTidiedAwayIsMadeAnew() throws IOException {
        use(0, NO_LIMIT);
        FileUtils.cleanDirectory(local.toFile());
        use(1, 1);
        use(2, 1);
        assertThat(cache.copied()).isEqualTo(3);
    }

    /** The checksums are right: a stranger computes them as we do. */
    @ParameterizedTest
    @ValueSource(strings = {"segments_1", ".cfs", ".cfe", ".si"})
    void forgedLuceneFilesAreABrokenShard(String name) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(index.resolve(shards.get(0).path()))) {
            file = files.filter(path -> path.toString().endsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (byte[] forged : List.of(
                new byte[0],
                Arrays.copyOf(whole, whole.length / 2),
                flipped(whole, 7), // the version of Lucene's format
                flipped(whole, 12),
                flipped(whole, whole.length - 1))) {
            Files.write(file, forged);
            ShardEntry entry = MadeUpShard.forged(index, shards.get(0));
            Throwable thrown = catchThrowable(
                    () -> cache.open(folder, entry, READER, NO_LIMIT).close());
            if (thrown != null) {
                refused++;
                assertThat(thrown)
                        .isInstanceOf(MambaSqlException.class)
                        .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]")
                        .hasMessageContaining("Lucene cannot open it");
            }
        }
        // Lucene compares the checksum inside its largest file with the content only when it merges.
        assertThat(refused).isGreaterThanOrEqualTo(name.equals(".cfs") ? 2 : 5);
        Files.write(file, whole);
        use(0, NO_LIMIT);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 0x40;
        return flipped;
    }

    @Test
    void aShardOfFewerPassagesThanItsManifestSaysIsBroken() {
        ShardEntry entry = shards.get(0);
        ShardEntry more = ShardEntry.of(0, entry.path(), 1, entry.passages() + 1, entry.files());
        assertThatThrownBy(() -> cache.open(folder, more, READER, NO_LIMIT))
                .hasMessageStartingWith("[MAMBA_INDEX_SHARD_BROKEN]")
                .hasMessageContaining((entry.passages()) + " passages in 1 segments, not " + (entry.passages() + 1));
    }

    @Test
    void aFullDiskIsNotTheShardsFault() {
        ShardCache full = new ShardCache(new ShardCache.Place() {
            @Override
            public Path find() {
                return local;
            }

            @Override
            public OutputStream create(Path file) {
                return new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
            }
        });
        assertThatThrownBy(() -> full.open(folder, shards.get(0), READER, NO_LIMIT))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_DISK_FULL]")
                .hasMessageContaining(local.toString());
        assertThat(full.bytes()).isZero();
    }

    @Test
    void aDiskThatCannotBeWrittenIsNamed() {
        Path readOnly = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        ShardCache nowhere = new ShardCache(() -> readOnly);
        assertThatThrownBy(() -> nowhere.open(folder, shards.get(0), READER, NO_LIMIT))
                .hasMessageStartingWith("[MAMBA_INDEX_NOT_WRITABLE] /modules cannot be written");
    }
}

package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an index can be, and where it cannot. */
class PlacesOfIndexesTest {
    @TempDir
    private Path folder;

    private static IndexBuild build(String path, String book) {
        return MambaIndex.build(Library.spark(), path).documents(Library.documents(book));
    }

    private static MambaIndex open(String path) {
        return MambaIndex.open(Library.spark(), path);
    }

    @Test
    void aFolderMayBeCalledAnything() throws IOException {
        String path = folder.resolve("a [b] {c,d} *e? [^f-g] 100% \\h year=1").toString();
        // A pattern would find these instead.
        Files.createDirectories(folder.resolve("a b c xe1 z 100% h year=1"));
        build(path, "machine").keepColumns("year").create();
        build(path, "alice-1").keepColumns("year").append();
        assertThat(open(path).delete(List.of("machine-1")).deleted()).isEqualTo(1);
        assertThat(open(path).describe().documents()).isEqualTo(5);
        assertThat(LocalSpark.session()
                        .sql(
                                "SELECT * FROM mamba_search(:index, 'the time traveller', filter => 'year > 1890')",
                                java.util.Map.of("index", path))
                        .collectAsList())
                .isNotEmpty();
        assertThat(open(path).verify()).isEmpty();
        assertThat(MambaIndex.repair(Library.spark(), path, true).problems()).isEmpty();
        open(path).compact();
        assertThat(open(path).describe().documents()).isEqualTo(5);
    }

    @Test
    void aFileIsNoIndexAndNothingIsPutBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a text");
        for (String path : List.of(file.toString(), file.resolve("index").toString())) {
            assertThatThrownBy(() -> build(path, "machine-1").create())
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_INDEX_NOT_A_FOLDER]");
        }
        assertThatThrownBy(() -> open(file.toString())).hasMessageStartingWith("[MAMBA_INDEX_NOT_A_FOLDER]");
        assertThat(file).hasContent("a text");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gopher://host/index", "gopher:/index", "gopher:///index"})
    void anUnknownSchemeIsNamed(String path) {
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_SCHEME_UNKNOWN] No file system handles the scheme 'gopher'");
        assertThatThrownBy(() -> build(path, "machine-1").create())
                .hasMessageStartingWith("[MAMBA_INDEX_SCHEME_UNKNOWN]");
        assertThatThrownBy(
                        () -> LocalSpark.rows("SELECT * FROM mamba_search('" + path + "', 'a', allow_partial => true)"))
                .hasMessageStartingWith("[MAMBA_INDEX_SCHEME_UNKNOWN]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b:c", "hdfs://no-such-host.invalid:1/index"})
    void whatIsNoPathIsRefused(String path) {
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(MambaSqlException.class)
                .satisfies(e -> assertThat(((MambaSqlException) e).getCondition())
                        .isIn("MAMBA_INDEX_PATH_INVALID", "MAMBA_INDEX_UNREADABLE"));
    }

    @Test
    void aFullDiskAndAFileSystemThatRefusesWritesAreNamed() {
        String key = "fs." + CopyingFileSystem.SCHEME + ".impl";
        var hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
        hadoop.set(key, CopyingFileSystem.class.getName());
        String path = CopyingFileSystem.SCHEME + "://" + folder.resolve("full");
        try {
            CopyingFileSystem.full(true);
            assertThatThrownBy(() -> build(path, "machine-1").singleWriter(true).create())
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_INDEX_DISK_FULL]");
            CopyingFileSystem.full(false);
            CopyingFileSystem.failOnce(file -> file.endsWith("round-0.json"));
            assertThatThrownBy(() -> build(path, "machine-1").singleWriter(true).create())
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_INDEX_NOT_WRITABLE]")
                    .hasMessageContaining("the store is busy");
            CopyingFileSystem.failOnce(file -> file.endsWith(".cfs"));
            assertThat(build(path, "machine-1").singleWriter(true).create().read())
                    .isEqualTo(1);
        } finally {
            CopyingFileSystem.full(false);
            CopyingFileSystem.failOnce(file -> false);
            hadoop.unset(key);
        }
    }
}

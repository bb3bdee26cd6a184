package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index on a file system without exclusive creation and without an atomic rename. */
@Tag("thorough")
class FileSystemsTest {
    private static final String KEY = "fs." + CopyingFileSystem.SCHEME + ".impl";
    private static final String SINGLE_WRITER = "spark.mamba.index.singleWriter";

    @TempDir
    private Path folder;

    @BeforeAll
    static void mount() {
        LocalSpark.session().sparkContext().hadoopConfiguration().set(KEY, CopyingFileSystem.class.getName());
    }

    @AfterAll
    static void unmount() {
        LocalSpark.session().sparkContext().hadoopConfiguration().unset(KEY);
    }

    private String path() {
        return CopyingFileSystem.SCHEME + "://" + folder;
    }

    private IndexBuild build() {
        return MambaIndex.build(Library.spark(), path()).documents(Library.documents("machine"));
    }

    @Test
    void itIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> build().create())
                .hasMessageStartingWith("[MAMBA_INDEX_NO_EXCLUSIVE_CREATE]")
                .hasMessageContaining("(copying)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whoIsAloneCanBuildAndChangeThere() {
        build().singleWriter(true).create();
        assertThatThrownBy(() -> MambaIndex.open(Library.spark(), path()).compact())
                .hasMessageStartingWith("[MAMBA_INDEX_NO_EXCLUSIVE_CREATE]");
        LocalSpark.session().conf().set(SINGLE_WRITER, "true");
        try {
            MambaIndex.build(Library.spark(), path())
                    .documents(Library.documents("alice"))
                    .append();
            MambaIndex.open(Library.spark(), path()).compact();
        } finally {
            LocalSpark.session().conf().unset(SINGLE_WRITER);
        }
        MambaIndex index = MambaIndex.open(Library.spark(), path());
        assertThat(index.verify()).isEmpty();
        assertThat(Library.content(path())).isEqualTo(Library.contentOf("alice", "machine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shards", "rounds"})
    void whatFailsBehindTheCommitHarmsNothing(String kind) {
        Path manifest = folder.resolve("manifest-1.json");
        CopyingFileSystem.failOnce(path -> path.endsWith("/" + kind) && Files.exists(manifest));
        build().singleWriter(true).create();
        assertThat(CopyingFileSystem.hasFailed()).isTrue();
        MambaIndex index = MambaIndex.open(Library.spark(), path());
        assertThat(index.verify()).isEmpty();
        assertThat(index.describe().documents()).isEqualTo(5);
    }

    @Test
    void aShardThatIsTriedAgainIsThereOnce() {
        CopyingFileSystem.failOnce(path -> path.contains("/shards/") && path.endsWith(".cfs"));
        build().singleWriter(true).create();
        assertThat(CopyingFileSystem.hasFailed()).isTrue();
        MambaIndex index = MambaIndex.open(Library.spark(), path());
        assertThat(index.verify()).isEmpty();
        assertThat(index.describe().shards()).isEqualTo(1);
        assertThat(folder.resolve("shards").toFile().listFiles()[0].list())
                .as("what the first attempt left is deleted")
                .hasSize(1);
        assertThat(Library.content(path())).isEqualTo(Library.contentOf("machine"));
    }
}

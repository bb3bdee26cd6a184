package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.MambaException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that another one takes for dead, so that its reading is adopted and deleted under its hands. */
class OvertakenBuildTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    private IndexBuild build() {
        return MambaIndex.build(Library.spark(), folder.toString()).documents(Library.documents("machine"));
    }

    @Test
    void itSaysThatItLostAndNotWhichFileIsGone() {
        IndexBuild overtaken = build().listener(new BuildListener() {
            @Override
            public void indexing(long passages, int shards) {
                assertThat(build().create().adopted()).isEqualTo(5);
            }
        });
        assertThatThrownBy(overtaken::create)
                .isInstanceOf(MambaException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_CONCURRENT_BUILD]");
        assertThat(Library.content(folder.toString()))
                .isEqualTo(Library.contentOf(Library.documents("machine"), other));
        assertThat(folder.resolve("rounds")).isEmptyDirectory();
    }
}

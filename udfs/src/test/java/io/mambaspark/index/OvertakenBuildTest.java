package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.MambaSqlException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that another one takes for dead, so that its reading is adopted and deleted under its hands. */
@Tag("thorough")
class OvertakenBuildTest {
    @TempDir
    private Path folder;

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
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_INDEX_CONCURRENT_BUILD]");
        assertThat(Library.content(folder.toString())).isEqualTo(Library.contentOf("machine"));
        assertThat(folder.resolve("rounds")).isEmptyDirectory();
    }
}

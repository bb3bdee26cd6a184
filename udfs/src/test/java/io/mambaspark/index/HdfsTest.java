package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index on HDFS. */
@Tag("slow")
class HdfsTest {
    private static MiniDFSCluster hdfs;

    @TempDir
    private static Path disk;

    @TempDir
    private Path other;

    @BeforeAll
    static void start() throws IOException {
        hdfs = new MiniDFSCluster.Builder(new Configuration(), disk.toFile())
                .numDataNodes(1)
                .build();
        hdfs.waitActive();
    }

    @AfterAll
    static void stop() {
        hdfs.shutdown();
    }

    @Test
    void anIndexIsBuiltChangedAndVerified() throws IOException {
        String path = hdfs.getFileSystem().getUri() + "/library";
        MambaIndex.build(Library.spark(), path)
                .documents(Library.documents("machine"))
                .create();
        MambaIndex.build(Library.spark(), path)
                .documents(Library.documents("alice"))
                .append();
        MambaIndex index = MambaIndex.open(Library.spark(), path);
        index.delete(List.of("machine-1"));
        index.compact();
        assertThat(MambaIndex.open(Library.spark(), path).verify()).isEmpty();
        assertThat(Library.content(path))
                .isEqualTo(Library.contentOf(
                        Library.documents("alice")
                                .union(Library.documents("machine"))
                                .filter("id <> 'machine-1'"),
                        other));
    }

    @Test
    void ofTwoBuildsOneWins() throws IOException {
        String path = hdfs.getFileSystem().getUri() + "/race";
        IndexBuild loser = MambaIndex.build(Library.spark(), path)
                .documents(Library.documents("machine"))
                .listener(new BuildListener() {
                    @Override
                    public void indexing(long passages, int shards) {
                        MambaIndex.build(Library.spark(), path)
                                .documents(Library.documents("alice"))
                                .create();
                    }
                });
        assertThatThrownBy(loser::create).hasMessageStartingWith("[MAMBA_INDEX_CONCURRENT_BUILD]");
        assertThat(MambaIndex.open(Library.spark(), path).describe().documents())
                .isEqualTo(6);
    }
}

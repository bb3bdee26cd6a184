package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.sql.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that passes over broken and missing files: no passage may get lost by that. */
class LenientSessionTest {
    private static final List<String> LENIENT =
            List.of("spark.sql.files.ignoreMissingFiles", "spark.sql.files.ignoreCorruptFiles");

    @TempDir
    private Path folder;

    @BeforeEach
    void lenient() {
        LENIENT.forEach(key -> LocalSpark.session().conf().set(key, "true"));
    }

    @AfterEach
    void asBefore() {
        LENIENT.forEach(key -> LocalSpark.session().conf().unset(key));
    }

    @Test
    void anIndexWithABrokenFileIsNotCompacted() throws IOException {
        MambaIndex.build(Library.spark(), folder.toString())
                .documents(Library.documents("machine"))
                .shards(3)
                .create();
        MambaIndex index = MambaIndex.open(Library.spark(), folder.toString());
        index.delete(List.of("machine-1"));
        IndexDescription before =
                MambaIndex.open(Library.spark(), folder.toString()).describe();
        List<Path> files = parquetFiles();
        assertThat(files).as("the last is broken, the first tells the schema").hasSizeGreaterThan(1);
        Files.write(files.get(files.size() - 1), new byte[100]);
        assertThat(catchThrowable(index::compact)).isNotNull();
        assertThat(MambaIndex.open(Library.spark(), folder.toString()).describe())
                .isEqualTo(before);
    }

    private List<Path> parquetFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("passages"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}

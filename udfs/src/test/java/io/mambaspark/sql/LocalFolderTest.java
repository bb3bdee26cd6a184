package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {
    @TempDir
    private Path folder;

    @Test
    void isTheFirstThatExistsWhereSparkLooks() throws IOException {
        Path managers = Files.createDirectory(folder.resolve("manager's"));
        Path configured = Files.createDirectory(folder.resolve("configured"));
        SparkConf conf = new SparkConf(false).set("spark.local.dir", folder.resolve("missing") + ", " + configured);
        assertThat(LocalFolder.find(Map.of(), conf)).isEqualTo(configured);
        assertThat(LocalFolder.find(Map.of("SPARK_LOCAL_DIRS", managers.toString()), conf))
                .isEqualTo(managers);
        assertThat(LocalFolder.find(Map.of("SPARK_EXECUTOR_DIRS", "missing" + File.pathSeparator + managers), conf))
                .isEqualTo(managers);
        assertThat(LocalFolder.find(Map.of("LOCAL_DIRS", folder.resolve("missing") + "," + managers), conf))
                .isEqualTo(managers);
    }

    @Test
    void isJavasOwnWhenNothingIsSaid() {
        assertThat(LocalFolder.find(Map.of(), new SparkConf(false)))
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    }
}

package io.mambaspark.sql;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** Where this JVM may write scratch files: the disks that Spark was given, not a /tmp that may be memory. */
public final class LocalFolder {
    private LocalFolder() {}

    /** The folder of this JVM. */
    public static Path find() {
        SparkEnv env = SparkEnv.get();
        return find(System.getenv(), env == null ? new SparkConf(false) : env.conf());
    }

    /** The first folder that can be written, looked for where Spark looks: cluster managers overrule the configuration. */
    static Path find(Map<String, String> environment, SparkConf conf) {
        return Stream.of(
                        folders(environment.get("LOCAL_DIRS"), ","), // YARN
                        folders(environment.get("SPARK_EXECUTOR_DIRS"), File.pathSeparator), // standalone
                        folders(environment.get("SPARK_LOCAL_DIRS"), ","), // Kubernetes, or a machine's own setting
                        folders(conf.get("spark.local.dir", null), ","))
                .flatMap(folders -> folders)
                .filter(folder -> Files.isDirectory(folder) && Files.isWritable(folder))
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Stream<Path> folders(String list, String separator) {
        return list == null ? Stream.empty() : Stream.of(list.split(separator)).map(folder -> Path.of(folder.strip()));
    }
}

package io.mambaspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The SPARK_HOME that the build makes of Maven's jars: nothing but {@code jars/}. Spark's programs start from it. */
final class SparkHome {
    private static final Path HOME = Path.of(System.getProperty("spark.home"));

    private SparkHome() {}

    /** What such a home needs of the environment, with the quiet logs of {@code conf/}. */
    static Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                HOME.toString(),
                "SPARK_SCALA_VERSION",
                "2.13", // else Spark looks for the build folders of a source tree
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_CONF_DIR",
                System.getProperty("mamba.conf"));
    }

    /** The command that runs {@code mainClass} as {@code bin/spark-class} does: Spark's launcher writes it. */
    static List<String> command(String mainClass, List<String> args) {
        List<String> launcher = new ArrayList<>(List.of(
                java(), "-Xmx128m", "-cp", HOME.resolve("jars") + "/*", "org.apache.spark.launcher.Main", mainClass));
        launcher.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(launcher).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // A line break, then parts that end in NUL.
            return Arrays.stream(output.split("\0"))
                    .map(part -> part.startsWith("\n") ? part.substring(1) : part)
                    .filter(part -> !part.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

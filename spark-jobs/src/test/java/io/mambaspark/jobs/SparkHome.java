package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Spark to start programs of.
 *
 * @param folder      with {@code jars/} in it
 * @param environment what its programs need
 */
record SparkHome(Path folder, Map<String, String> environment) {
    /** For programs that live for seconds. */
    private static final String SHORT_LIVED = "-XX:+UseSerialGC";

    /** For what computes nothing. */
    private static final String IDLE = SHORT_LIVED + " -XX:TieredStopAtLevel=1";

    /** What the build makes of Maven's jars: nothing but {@code jars/}; with the quiet logs of {@code conf/}. */
    static SparkHome ofMavenJars() {
        String folder = System.getProperty("spark.home");
        return new SparkHome(
                Path.of(folder),
                Map.of(
                        "SPARK_HOME",
                        folder,
                        "SPARK_SCALA_VERSION",
                        "2.13", // else Spark looks for the build folders of a source tree
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "SPARK_SUBMIT_OPTS",
                        SHORT_LIVED,
                        "SPARK_DAEMON_JAVA_OPTS",
                        IDLE,
                        "SPARK_CONF_DIR",
                        System.getProperty("mamba.conf")));
    }

    /** A distribution, such as the {@code pyspark} folder of a virtual environment, whose Python it then takes. */
    static SparkHome ofDistribution(Path folder) {
        return new SparkHome(
                folder,
                Map.of(
                        "SPARK_HOME",
                        folder.toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "PYSPARK_PYTHON",
                        python(folder).toString()));
    }

    /** The source of a test that runs on every distribution. */
    static final String EACH = "io.mambaspark.jobs.SparkHome#distributions";

    /** The source of a test that is too long for more than the first of them. */
    static final String FIRST = "io.mambaspark.jobs.SparkHome#firstDistribution";

    static Stream<SparkHome> firstDistribution() {
        return distributions().limit(1);
    }

    /** The distributions that {@code -Dspark.distribution} names. */
    static Stream<SparkHome> distributions() {
        List<Path> homes = Arrays.stream(
                        System.getProperty("spark.distribution", "").split(","))
                .filter(home -> !home.isBlank())
                .map(home -> Path.of(home.strip()))
                .toList();
        assertThat(homes)
                .as("-Dspark.distribution names the pyspark folders of virtual environments")
                .isNotEmpty()
                .allSatisfy(home -> assertThat(home.resolve("bin/spark-submit")).isExecutable());
        return homes.stream().map(SparkHome::ofDistribution);
    }

    /** Of the virtual environment {@code <environment>/lib/<python>/site-packages/pyspark}. */
    private static Path python(Path pyspark) {
        return pyspark.resolve("../../../../bin/python").normalize();
    }

    Path python() {
        return python(folder);
    }

    /** The command that runs {@code mainClass} as {@code bin/spark-class} does: Spark's launcher writes it. */
    List<String> command(String mainClass, List<String> args) {
        List<String> launcher = new ArrayList<>(List.of(
                java(), "-Xmx128m", "-cp", folder.resolve("jars") + "/*", "org.apache.spark.launcher.Main", mainClass));
        launcher.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(launcher).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
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

    /** Whether its version is {@code minor} with any patch. */
    boolean isOf(String minor) {
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            return jars.anyMatch(jar -> jar.getFileName().toString().startsWith("spark-core_2.13-" + minor + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}

package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code spark-submit bundle.jar …} in a process of its own, on Maven's jars or on a distribution. */
final class SparkSubmit {
    private static final long TIMEOUT_SECONDS = 240;

    private final List<String> program;
    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> options = new ArrayList<>(List.of("--conf", "spark.ui.enabled=false"));

    /**
     * What a run left behind.
     *
     * @param exitCode of the process
     * @param out      standard output
     * @param err      standard error
     */
    record Result(int exitCode, String out, String err) {
        /** Fails with all that the run said unless it ended with {@code wanted}. */
        Result exitsWith(int wanted) {
            assertThat(exitCode).as("exit code of%n%s%n%s", out, err).isEqualTo(wanted);
            return this;
        }
    }

    private SparkSubmit(List<String> program, Map<String, String> environment, Path folder) {
        this.program = program;
        this.environment = new HashMap<>(environment);
        this.folder = folder;
    }

    /** On the jars that Maven fetched; {@code folder} becomes the working directory. */
    static SparkSubmit onMavenJars(Path folder) {
        return new SparkSubmit(List.of(), SparkHome.environment(), folder);
    }

    /** By {@code bin/spark-submit} of a distribution. */
    static SparkSubmit onDistribution(Path home, Path folder) {
        return new SparkSubmit(
                List.of(home.resolve("bin/spark-submit").toString()),
                Map.of("SPARK_HOME", home.toString(), "SPARK_LOCAL_IP", "127.0.0.1"),
                folder);
    }

    SparkSubmit master(String master) {
        options.addAll(List.of("--master", master));
        return this;
    }

    SparkSubmit conf(String key, String value) {
        options.addAll(List.of("--conf", key + "=" + value));
        return this;
    }

    SparkSubmit environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds the bundle to the program of {@link #run(TestProgram, String...)}. */
    SparkSubmit withBundle() {
        options.addAll(List.of("--jars", System.getProperty("mamba.bundle")));
        return this;
    }

    /** Runs the bundle with {@code args} and waits for its end. */
    Result run(String... args) {
        return submit(System.getProperty("mamba.bundle"), args);
    }

    /** Runs a program of the tests with {@code args} and waits for its end. */
    Result run(TestProgram program, String... args) {
        options.addAll(List.of("--class", program.mainClass()));
        return submit(program.jar().toString(), args);
    }

    private Result submit(String jar, String... args) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(jar);
        arguments.addAll(List.of(args));
        try {
            Path out = Files.createTempFile(folder, "stdout", ".txt");
            Path err = Files.createTempFile(folder, "stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            assertThat(ended).as("ended in time: %s", result).isTrue();
            return result;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("spark-submit did not run", e);
        }
    }

    private List<String> command(List<String> arguments) {
        if (program.isEmpty()) {
            return SparkHome.command("org.apache.spark.deploy.SparkSubmit", arguments);
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return command;
    }
}

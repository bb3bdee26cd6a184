package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code spark-submit} in a process of its own, on Maven's jars or on a distribution. */
final class SparkSubmit {
    private final SparkHome home;
    private final List<String> program;
    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> options = new ArrayList<>(List.of("--conf", "spark.ui.enabled=false"));

    private SparkSubmit(SparkHome home, List<String> program, Path folder) {
        this.home = home;
        this.program = program;
        this.environment = new HashMap<>(home.environment());
        this.folder = folder;
    }

    /** On the jars that Maven fetched; {@code folder} becomes the working directory. */
    static SparkSubmit onMavenJars(Path folder) {
        return new SparkSubmit(SparkHome.ofMavenJars(), List.of(), folder);
    }

    /** By {@code bin/spark-submit} of a distribution. */
    static SparkSubmit onDistribution(SparkHome home, Path folder) {
        return by("spark-submit", home, folder);
    }

    /** By another program in {@code bin/} of a distribution that takes the same options. */
    static SparkSubmit by(String program, SparkHome home, Path folder) {
        return new SparkSubmit(
                home, List.of(home.folder().resolve("bin").resolve(program).toString()), folder);
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

    /** Adds the bundle to a program that is not ours. */
    SparkSubmit withBundle() {
        return jars(System.getProperty("mamba.bundle"));
    }

    /** Adds the bundle and other jars to a program that is not ours. */
    SparkSubmit withBundleAnd(List<Path> others) {
        return jars(Stream.concat(
                        Stream.of(System.getProperty("mamba.bundle")),
                        others.stream().map(Path::toString))
                .collect(Collectors.joining(",")));
    }

    /** Adds the bundle as a session has it that ran before it came: Spark finds no extension in it. */
    SparkSubmit withBundleThatCameLate() throws IOException {
        Path bundle = Files.copy(
                Path.of(System.getProperty("mamba.bundle")),
                folder.resolve("bundle.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem entries = FileSystems.newFileSystem(bundle)) {
            Files.delete(entries.getPath("META-INF/services/org.apache.spark.sql.SparkSessionExtensionsProvider"));
        }
        return jars(bundle.toString());
    }

    private SparkSubmit jars(String jars) {
        options.addAll(List.of("--jars", jars));
        return this;
    }

    /** Runs the bundle with {@code args} and waits for its end. */
    Programs.Result run(String... args) {
        return submit(System.getProperty("mamba.bundle"), args);
    }

    /** Starts the bundle with {@code args}. */
    Programs.Running start(String... args) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(System.getProperty("mamba.bundle"));
        arguments.addAll(List.of(args));
        return Programs.start(command(arguments), environment, folder);
    }

    /** Runs a program of the tests with {@code args} and waits for its end. */
    Programs.Result run(TestProgram program, String... args) {
        options.addAll(List.of("--class", program.mainClass()));
        return submit(program.jar().toString(), args);
    }

    /** Runs a program in Python with {@code args} and waits for its end. */
    Programs.Result run(Path python, String... args) {
        return submit(python.toString(), args);
    }

    /** Runs nothing but what the options say, and waits for its end. */
    Programs.Result runWith(String... moreOptions) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(moreOptions));
        return Programs.run(command(arguments), environment, folder);
    }

    private Programs.Result submit(String program, String... args) {
        List<String> arguments = new ArrayList<>(List.of(program));
        arguments.addAll(List.of(args));
        return runWith(arguments.toArray(String[]::new));
    }

    private List<String> command(List<String> arguments) {
        if (program.isEmpty()) {
            return home.command("org.apache.spark.deploy.SparkSubmit", arguments);
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return command;
    }
}

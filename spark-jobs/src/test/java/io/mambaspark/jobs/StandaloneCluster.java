package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A Master and one Worker as processes of their own on 127.0.0.1, ended on close. */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final String HOST = "127.0.0.1";

    private final SparkHome home;
    private final Path folder;
    private final int port = Ports.free();
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(SparkHome home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Starts a cluster of Maven's jars with {@code cores} cores; logs and work go to {@code folder}. */
    static StandaloneCluster start(Path folder, int cores) throws IOException, InterruptedException {
        return start(SparkHome.ofMavenJars(), folder, cores);
    }

    /** Starts a cluster of a distribution. */
    static StandaloneCluster start(SparkHome home, Path folder, int cores) throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(home, folder);
        cluster.launch(
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                Integer.toString(cluster.port),
                "--webui-port",
                "0");
        Ports.await(cluster.port);
        cluster.launch(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                HOST,
                "--webui-port",
                "0",
                "--cores",
                Integer.toString(cores),
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve("work").toString(),
                cluster.master());
        return cluster;
    }

    /** The value for {@code --master}. */
    String master() {
        return "spark://" + HOST + ":" + port;
    }

    /** Ends the executor as {@code kill -9} does, once there is one; Spark starts another. */
    void killExecutor() throws InterruptedException {
        ProcessHandle worker = processes.get(processes.size() - 1).toHandle();
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        Optional<ProcessHandle> executor = worker.children().findFirst();
        while (executor.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("There was no executor within " + LONGEST_START);
            }
            Thread.sleep(50);
            executor = worker.children().findFirst();
        }
        executor.get().destroyForcibly();
        executor.get().onExit().join();
    }

    /** Ends one of the executors as {@code kill -9} does, if there is one; Spark starts another. */
    boolean killAnExecutor(Random random) {
        List<ProcessHandle> executors =
                processes.get(processes.size() - 1).toHandle().children().toList();
        return !executors.isEmpty()
                && executors.get(random.nextInt(executors.size())).destroyForcibly();
    }

    /** How many executors were started so far. */
    long executors() throws IOException {
        try (Stream<Path> work = Files.find(
                folder.resolve("work"),
                2,
                (path, attributes) -> path.getFileName().toString().matches("[0-9]+"))) {
            return work.count();
        }
    }

    private void launch(String mainClass, String... args) throws IOException {
        String name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
        ProcessBuilder builder = new ProcessBuilder(home.command(mainClass, List.of(args)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(home.environment());
        processes.add(builder.start());
    }

    @Override
    public void close() {
        // The worker first: its executors end with it.
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}

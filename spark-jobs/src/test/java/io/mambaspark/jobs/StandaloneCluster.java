package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Master and one Worker as processes of their own on 127.0.0.1, ended on close. */
final class StandaloneCluster implements AutoCloseable {
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

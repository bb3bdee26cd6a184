package io.mambaspark.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Master and one Worker as processes of their own on 127.0.0.1, ended on close. */
final class StandaloneCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = freePort();
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts a cluster with {@code cores} cores; logs and work go to {@code folder}. */
    static StandaloneCluster start(Path folder, int cores) throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(folder);
        cluster.launch(
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                Integer.toString(cluster.port),
                "--webui-port",
                "0");
        cluster.awaitMaster();
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
        ProcessBuilder builder = new ProcessBuilder(SparkHome.command(mainClass, List.of(args)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(SparkHome.environment());
        processes.add(builder.start());
    }

    private void awaitMaster() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("The master did not listen within " + START + ": see " + folder);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError("No free port", e);
        }
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

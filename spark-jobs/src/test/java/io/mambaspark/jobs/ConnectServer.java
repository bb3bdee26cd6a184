package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Spark Connect server of a distribution as a process of its own on 127.0.0.1, ended on close. */
final class ConnectServer implements AutoCloseable {
    private final int port = Ports.free();
    private final Process process;

    private ConnectServer(SparkHome home, Path folder, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--master",
                "local[2]",
                "--class",
                "org.apache.spark.sql.connect.service.SparkConnectServer",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.connect.grpc.binding.address=127.0.0.1",
                "--conf",
                "spark.connect.grpc.binding.port=" + port));
        arguments.addAll(options);
        arguments.add("spark-internal");
        ProcessBuilder builder = new ProcessBuilder(home.command("org.apache.spark.deploy.SparkSubmit", arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("connect-server.log").toFile());
        builder.environment().putAll(home.environment());
        process = builder.start();
    }

    /** Starts a server with {@code options} of {@code spark-submit}; its log goes to {@code folder}. */
    static ConnectServer start(SparkHome home, Path folder, String... options)
            throws IOException, InterruptedException {
        ConnectServer server = new ConnectServer(home, folder, List.of(options));
        try {
            Ports.await(server.port);
            return server;
        } catch (AssertionError e) {
            server.close();
            throw new AssertionError("The server did not start: see " + folder, e);
        }
    }

    /** What clients connect to. */
    String remote() {
        return "sc://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}

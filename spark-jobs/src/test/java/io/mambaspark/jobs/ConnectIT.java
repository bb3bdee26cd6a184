package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import program.ConnectClient;

/** The Connect server of a distribution, and its clients. */
@Tag("distribution")
class ConnectIT {
    /** What the client must not find: it has these classes in a form of its own. */
    private static final String OF_THE_SERVER = "spark-(sql|connect|sql-api|connect-common)_.*[.]jar";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void clientsUseTheFunctionsOfTheServer(SparkHome home) throws Exception {
        try (ConnectServer server = ConnectServer.start(
                home,
                folder,
                "--conf",
                "spark.sql.catalog.mamba=io.mambaspark.sql.MambaCatalog",
                "--jars",
                System.getProperty("mamba.bundle"))) {
            assertThat(python(home, "connect.py", server.remote()).exitsWith(0).out())
                    .contains("connected to ");
            assertThat(python(home, "errors.py", server.remote()).exitsWith(0).out())
                    .contains("errors are Spark's own on ");
            assertThat(java(home, server.remote()).exitsWith(0).out())
                    .contains("The fire of London burned for four days in 1666.")
                    .contains("MambaRead [mamba_summarize(");
        }
    }

    /** The server has not heard of us. Each session brings the jar, under a class loader of its own. */
    @ParameterizedTest
    @MethodSource(SparkHome.FIRST)
    void sessionsThatBringTheJarLeaveEachOtherAlone(SparkHome home) throws Exception {
        try (ConnectServer server = ConnectServer.start(home, folder)) {
            assertThat(python(home, "connect_artifacts.py", server.remote(), System.getProperty("mamba.bundle"))
                            .exitsWith(0)
                            .out())
                    .contains("sessions leave each other alone on ");
        }
    }

    private Programs.Result python(SparkHome home, String script, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(home.python().toString(), Scripts.python(script).toString()));
        command.addAll(List.of(arguments));
        return Programs.run(command, Map.of(), folder);
    }

    /** The client in Java, whose jars lie apart from the server's. */
    private Programs.Result java(SparkHome home, String remote) throws Exception {
        TestProgram program = TestProgram.of(ConnectClient.class, Files.createDirectories(folder.resolve("client")));
        Path jars = home.folder().resolve("jars");
        List<String> classPath =
                new ArrayList<>(List.of(program.jar().toString(), jars.resolve("connect-repl") + "/*"));
        try (Stream<Path> all = Files.list(jars)) {
            all.filter(jar -> !jar.getFileName().toString().matches(OF_THE_SERVER))
                    .map(Path::toString)
                    .forEach(classPath::add);
        }
        return Programs.run(
                List.of(
                        SparkHome.java(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        String.join(":", classPath),
                        program.mainClass(),
                        remote),
                Map.of(),
                folder);
    }
}

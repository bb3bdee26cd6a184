package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A machine whose {@code nvidia-smi} tells of GPUs that are not there. */
final class FakeGpus {
    /** The script that ships. */
    static final Path DISCOVERY =
            Path.of("../conf/discover-gpus.sh").toAbsolutePath().normalize();

    private FakeGpus() {}

    /** A folder for the PATH with an {@code nvidia-smi} that prints {@code lines}. */
    static Path tools(Path folder, String lines) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        script(tools.resolve("nvidia-smi"), "printf '" + lines + "'");
        return tools;
    }

    /** The script that ships, on such a machine. */
    static Path discovery(Path folder, String lines) throws IOException {
        Path tools = tools(folder, lines);
        return script(folder.resolve("discover.sh"), "PATH=" + tools + ":$PATH exec " + DISCOVERY);
    }

    private static Path script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package io.mambaspark.index.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Creates a file only if it is not there: of several who try at once, one gets it, and the others an IOException when they
 * create or close it.
 */
@FunctionalInterface
interface ExclusiveCreate {
    /** Whose {@code create} without {@code overwrite} is one step at the server: HDFS, Azure, Google. */
    Set<String> BY_THE_SERVER = Set.of("hdfs", "abfs", "abfss", "gs");

    /** Starts the file. */
    OutputStream create(Path file) throws IOException;

    /** How it is done in this folder; empty if its file system cannot. */
    static Optional<ExclusiveCreate> in(FileSystem fileSystem, Path folder) throws IOException {
        String scheme = fileSystem.getUri().getScheme();
        if (scheme.equals("file")) {
            // Hadoop looks first and creates then.
            return Optional.of(ExclusiveCreate::local);
        }
        if (BY_THE_SERVER.contains(scheme)) {
            return Optional.of(file -> fileSystem.create(file, false));
        }
        if (fileSystem.hasPathCapability(folder, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)) {
            return Optional.of(file -> conditional(fileSystem, file));
        }
        return Optional.empty();
    }

    private static OutputStream local(Path file) throws IOException {
        java.nio.file.Path local = java.nio.file.Path.of(file.toUri().getPath());
        return Files.newOutputStream(local, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** S3: the store refuses the file when it is closed. */
    private static OutputStream conditional(FileSystem fileSystem, Path path) throws IOException {
        FSDataOutputStreamBuilder<?, ?> file = fileSystem.createFile(path).overwrite(true);
        file.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
        return file.build();
    }
}

package io.mambaspark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What one {@code --input} names: the file or folder of that name if there is one, otherwise what it matches as a glob.
 *
 * @param path    as it was given
 * @param literal whether there is a file or folder of that name
 * @param matches the files and folders; empty if there are none
 */
record InputPath(Path path, boolean literal, List<FileStatus> matches) {
    /**
     * Finds the files and folders.
     *
     * @throws UsageException if there are none of that name, and it is no glob
     */
    static InputPath find(String input, Configuration hadoop) throws IOException {
        if (input.isEmpty()) {
            throw new UsageException("--input is empty: give a file, a folder or a glob.");
        }
        Path path = Place.path(input);
        FileSystem system = path.getFileSystem(hadoop);
        Optional<FileStatus> named = status(system, path);
        return named.isPresent()
                ? new InputPath(path, true, List.of(named.get()))
                : new InputPath(path, false, InputGlob.matches(system, path));
    }

    /** The file or folder, if it exists. */
    static Optional<FileStatus> status(FileSystem system, Path path) throws IOException {
        try {
            return Optional.of(system.getFileStatus(path));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}

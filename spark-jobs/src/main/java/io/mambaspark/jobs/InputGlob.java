package io.mambaspark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * What a glob of Hadoop's matches. {@link FileSystem#globStatus} parses every name of a folder as a URI, so that one name
 * with a colon ends it; here patterns are Hadoop's and names stay names.
 */
final class InputGlob {
    private final FileSystem system;
    private final List<FileStatus> found = new ArrayList<>();

    private InputGlob(FileSystem system) {
        this.system = system;
    }

    /**
     * The files and folders that {@code pattern} matches.
     *
     * @throws UsageException if it is malformed
     */
    static List<FileStatus> matches(FileSystem system, Path pattern) throws IOException {
        InputGlob glob = new InputGlob(system);
        Path start = pattern.isAbsolute() ? new Path(pattern, Path.SEPARATOR) : system.getWorkingDirectory();
        for (String flat : alternatives(pattern)) {
            List<String> names = Arrays.stream(flat.split(Path.SEPARATOR))
                    .filter(name -> !name.isEmpty() && !name.equals(Path.CUR_DIR))
                    .toList();
            glob.walk(start, names);
        }
        return glob.found;
    }

    private static List<String> alternatives(Path pattern) {
        try {
            return GlobExpander.expand(pattern.toUri().getPath());
        } catch (IOException e) {
            throw malformed(pattern.toString(), e);
        }
    }

    private void walk(Path at, List<String> names) throws IOException {
        if (names.isEmpty()) {
            InputPath.status(system, at).ifPresent(found::add);
            return;
        }
        GlobFilter filter = filter(names.get(0));
        List<String> rest = names.subList(1, names.size());
        if (!filter.hasPattern()) {
            walk(RealPath.child(at, unescaped(names.get(0))), rest);
            return;
        }
        for (FileStatus child : children(at)) {
            if (filter.accept(child.getPath())) {
                descend(child, rest);
            }
        }
    }

    private void descend(FileStatus child, List<String> rest) throws IOException {
        if (rest.isEmpty()) {
            found.add(child);
        } else if (child.isDirectory()) {
            walk(child.getPath(), rest);
        }
    }

    /** What the folder holds; nothing if there is none. */
    private FileStatus[] children(Path folder) throws IOException {
        boolean exists =
                InputPath.status(system, folder).filter(FileStatus::isDirectory).isPresent();
        return exists ? system.listStatus(folder) : new FileStatus[0];
    }

    private static GlobFilter filter(String name) {
        try {
            return new GlobFilter(name);
        } catch (IOException e) {
            throw malformed(name, e);
        }
    }

    private static String unescaped(String name) {
        return name.replaceAll("\\\\(.)", "$1");
    }

    private static UsageException malformed(String pattern, IOException e) {
        return new UsageException("--input names no file, and " + pattern + " is no glob: " + e.getMessage() + ".");
    }
}

package io.mambaspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files that {@code --input} means: files, whole folders and globs of any Hadoop file system. */
final class InputFiles {
    private final Configuration hadoop;
    private final Map<String, FileSource> byPath = new TreeMap<>();

    private InputFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * Lists all files in the order of their paths; a file that two inputs name comes once. Names that start with a dot or
     * an underscore are left out of folders, as Spark does. Where two inputs would give the same id, ids are whole paths.
     *
     * @throws UsageException when an input names nothing
     */
    static List<FileSource> list(List<String> inputs, Configuration hadoop) {
        InputFiles files = new InputFiles(hadoop);
        try {
            for (String input : inputs) {
                files.add(input);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list --input: " + e.getMessage(), e);
        }
        return withUniqueIds(files.byPath.values());
    }

    private void add(String input) throws IOException {
        Path pattern = new Path(input);
        FileSystem system = pattern.getFileSystem(hadoop);
        FileStatus[] matches = system.globStatus(pattern);
        if (matches == null || matches.length == 0) {
            throw new UsageException("--input " + input + " names no file or folder.");
        }
        int files = 0;
        for (FileStatus match : matches) {
            // One folder: its files are named from inside it. A glob: what it matched stays visible in the ids.
            boolean inside = match.isDirectory() && matches.length == 1;
            files += addTree(
                    system, match, inside ? match.getPath() : match.getPath().getParent());
        }
        if (files == 0) {
            throw new UsageException("--input " + input + " holds no files.");
        }
    }

    /** Adds the file, or all files below the folder; returns how many there are. */
    private int addTree(FileSystem system, FileStatus status, Path base) throws IOException {
        if (status.isFile()) {
            String path = status.getPath().toString();
            String id = base.toUri().relativize(status.getPath().toUri()).getPath();
            byPath.putIfAbsent(path, new FileSource(id, path, status.getLen()));
            return 1;
        }
        int files = 0;
        for (FileStatus child : system.listStatus(status.getPath(), InputFiles::isVisible)) {
            files += addTree(system, child, base);
        }
        return files;
    }

    private static boolean isVisible(Path path) {
        return !path.getName().startsWith(".") && !path.getName().startsWith("_");
    }

    private static List<FileSource> withUniqueIds(Collection<FileSource> files) {
        Map<String, Integer> uses = new HashMap<>();
        files.forEach(file -> uses.merge(file.id(), 1, Integer::sum));
        List<FileSource> unique = new ArrayList<>();
        for (FileSource file : files) {
            unique.add(uses.get(file.id()) == 1 ? file : new FileSource(file.path(), file.path(), file.bytes()));
        }
        return unique;
    }
}

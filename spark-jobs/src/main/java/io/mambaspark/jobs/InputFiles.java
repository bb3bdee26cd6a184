package io.mambaspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files that {@code --input} means: files, whole folders and globs of any Hadoop file system. */
final class InputFiles {
    private final Configuration hadoop;
    private final Map<String, FileSource> byPath = new TreeMap<>();
    private final Set<String> hidden = new TreeSet<>();

    private InputFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * Finds all files. Names that start with a dot or an underscore are left out of folders, as Spark does, and of what a
     * glob matches unless it begins with one.
     *
     * @throws UsageException when an input names nothing
     */
    static InputFiles of(List<String> inputs, Configuration hadoop) {
        InputFiles files = new InputFiles(hadoop);
        try {
            for (String input : inputs) {
                files.add(input);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list --input: " + e.getMessage(), e);
        }
        return files;
    }

    /** All files in the order of their paths, a file that two inputs name once. Where two would have one id, ids are whole paths. */
    List<FileSource> list() {
        return withUniqueIds(byPath.values());
    }

    /** The paths of files and folders that are not read as {@code format} because of their names, in order. */
    Set<String> hidden(InputFormat format) {
        Set<String> all = new TreeSet<>(hidden);
        if (format != InputFormat.text) {
            // Spark hides files that were named, and reads folders of partitions.
            byPath.keySet().stream()
                    .filter(path -> HiddenNames.mayHoldDocuments(new Path(path).getName()))
                    .forEach(all::add);
            all.removeIf(path -> new Path(path).getName().indexOf('=') > 0);
        }
        return all;
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
            if (HiddenNames.isHidden(match.getPath(), system.makeQualified(pattern))) {
                hide(match.getPath());
                continue;
            }
            // One folder: its files are named from inside it. A glob: what it matched stays visible in the ids.
            boolean inside = match.isDirectory() && matches.length == 1;
            files += addTree(
                    system, match, inside ? match.getPath() : match.getPath().getParent());
        }
        if (files == 0) {
            throw new UsageException("--input " + input + " holds no files"
                    + (hidden.isEmpty()
                            ? "."
                            : " but such as " + hidden.iterator().next() + ", which Hadoop hides."));
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
        for (FileStatus child : system.listStatus(status.getPath(), this::isRead)) {
            files += addTree(system, child, base);
        }
        return files;
    }

    private boolean isRead(Path path) {
        if (HiddenNames.isHidden(path.getName())) {
            hide(path);
            return false;
        }
        return true;
    }

    private void hide(Path path) {
        if (HiddenNames.mayHoldDocuments(path.getName())) {
            hidden.add(path.toString());
        }
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

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
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files that {@code --input} means: files, whole folders and globs of any Hadoop file system. */
final class InputFiles {
    private final String encoding;
    private final Configuration hadoop;
    private final List<String> roots = new ArrayList<>();
    private final Map<String, FileSource> byPath = new TreeMap<>();
    private final Set<String> hidden = new TreeSet<>();

    private InputFiles(String encoding, Configuration hadoop) {
        this.encoding = encoding;
        this.hadoop = hadoop;
    }

    /**
     * Finds all files. Names that start with a dot or an underscore are left out of folders, as Spark does, and of what a
     * glob matches unless it begins with one.
     *
     * @param encoding of text files without a byte order mark
     * @throws UsageException when an input names nothing
     */
    static InputFiles of(List<String> inputs, String encoding, Configuration hadoop) {
        InputFiles files = new InputFiles(encoding, hadoop);
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

    /** The files and folders that the inputs name, without what is in the folders. */
    List<String> roots() {
        return List.copyOf(roots);
    }

    private void add(String input) throws IOException {
        InputPath found = InputPath.find(input, hadoop);
        if (found.matches().isEmpty()) {
            throw new UsageException("--input " + input + " names no file or folder.");
        }
        FileSystem system = found.path().getFileSystem(hadoop);
        int files = 0;
        for (FileStatus match : found.matches()) {
            if (HiddenNames.isHidden(match.getPath(), system.makeQualified(found.path()))) {
                hide(match.getPath());
                continue;
            }
            // One folder: its files are named from inside it. A glob: what it matched stays visible in the ids.
            boolean inside = match.isDirectory() && found.matches().size() == 1;
            files += addTree(system, match, inside ? "" : match.getPath().getName());
            roots.add(match.getPath().toString());
        }
        if (files == 0) {
            throw new UsageException("--input " + input + " holds no files"
                    + (hidden.isEmpty()
                            ? "."
                            : " but such as " + hidden.iterator().next() + ", which Hadoop hides."));
        }
    }

    /** Adds the file called {@code id}, or all files below the folder; returns how many there are. */
    private int addTree(FileSystem system, FileStatus status, String id) throws IOException {
        Path path = status.getPath();
        if (status.isFile()) {
            add(id, path, status.getLen());
            return 1;
        }
        String prefix = id.isEmpty() ? "" : id + Path.SEPARATOR;
        Set<String> lost = localNames(system, path);
        int files = 0;
        for (FileStatus child : system.listStatus(path, this::isRead)) {
            String name = child.getPath().getName();
            lost.remove(name);
            files += addTree(system, child, prefix + name);
        }
        lost.forEach(name -> add(prefix + name, RealPath.child(path, name), 0));
        return files + lost.size();
    }

    private void add(String id, Path path, long bytes) {
        byPath.putIfAbsent(path.toString(), new FileSource(id, path.toString(), bytes, encoding));
    }

    /**
     * The names in a folder of the local file system; none on others. Hadoop drops a name that Java cannot decode, and a link
     * that leads nowhere, without a word; as a document it has an error.
     */
    private static Set<String> localNames(FileSystem system, Path folder) {
        Set<String> names = new TreeSet<>();
        String[] listed = system instanceof LocalFileSystem local
                ? local.pathToFile(folder).list()
                : null;
        for (String name : listed == null ? new String[0] : listed) {
            if (!HiddenNames.isHidden(name)) {
                names.add(name);
            }
        }
        return names;
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
            unique.add(uses.get(file.id()) == 1 ? file : file.called(file.path()));
        }
        return unique;
    }
}

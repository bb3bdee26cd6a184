package io.mambaspark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A path as its file system stores it: qualified, with symbolic links and mount points followed as far as it exists. Two
 * paths to one place are equal.
 *
 * @param store which file system it is in
 * @param path  the path, with its file system
 */
record RealPath(String store, Path path) {
    /** Schemes of one store. */
    private static final Map<String, String> SAME = Map.of("s3", "s3a", "s3n", "s3a", "abfss", "abfs", "wasbs", "wasb");

    /** Resolves {@code path}, whether it exists or not. */
    static RealPath of(Path path, Configuration hadoop) throws IOException {
        FileSystem files = path.getFileSystem(hadoop);
        Path qualified = files.makeQualified(path);
        Path real = isLocal(files) ? local(nio(qualified)) : resolved(files, qualified);
        return new RealPath(store(real.getFileSystem(hadoop)), real);
    }

    /** Resolves a path of this machine. */
    static RealPath ofLocal(String path, Configuration hadoop) throws IOException {
        return of(hadoop(java.nio.file.Path.of(path).toAbsolutePath()), hadoop);
    }

    /** Whether this is {@code folder} or below it. */
    boolean isIn(RealPath folder) {
        String below = folder.name().endsWith("/") ? folder.name() : folder.name() + "/";
        return store.equals(folder.store) && (name().equals(folder.name()) || name().startsWith(below));
    }

    /** The path without its file system. */
    String name() {
        return path.toUri().getPath();
    }

    static boolean isLocal(FileSystem files) {
        return files.getUri().getScheme().equals("file");
    }

    /** The same place for Java's own file API. */
    static java.nio.file.Path nio(Path local) {
        return java.nio.file.Path.of(local.toUri().getPath());
    }

    /** A child by its name, whatever characters the name has. */
    static Path child(Path folder, String name) {
        String parent = folder.toUri().getPath();
        return new Path(
                folder.toUri().getScheme(),
                folder.toUri().getAuthority(),
                (parent.endsWith("/") ? parent : parent + "/") + name);
    }

    private static Path hadoop(java.nio.file.Path local) {
        return new Path("file", null, local.toString());
    }

    private static Path local(java.nio.file.Path path) throws IOException {
        try {
            return hadoop(path.toRealPath());
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(path)) {
                return local(path.resolveSibling(Files.readSymbolicLink(path)));
            }
            return child(local(path.getParent()), path.getFileName().toString());
        }
    }

    private static Path resolved(FileSystem files, Path path) throws IOException {
        try {
            return files.resolvePath(path);
        } catch (FileNotFoundException e) {
            if (path.isRoot()) {
                return path;
            }
            return child(resolved(files, path.getParent()), path.getName());
        }
    }

    /** HDFS is one store with and without its port in the path. */
    private static String store(FileSystem files) {
        if (isLocal(files)) {
            return "file";
        }
        String service = files.getCanonicalServiceName();
        if (service != null) {
            return service;
        }
        String scheme = files.getUri().getScheme();
        return SAME.getOrDefault(scheme, scheme) + "://"
                + String.valueOf(files.getUri().getAuthority()).toLowerCase(Locale.ROOT);
    }
}

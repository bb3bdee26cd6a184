package io.mambaspark.index.store;

import io.mambaspark.sql.MambaSqlException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.roaringbitmap.RoaringBitmap;

/**
 * The folder of an index, as tasks and the driver see it. Paths are relative to it, as manifests have them.
 *
 * @param root   with its scheme
 * @param hadoop how to reach it
 */
public record IndexFolder(String root, SerializableConfiguration hadoop) implements Serializable {
    /** What an index consists of beside its manifests: a folder each, with a folder a change below it. */
    public static final String PASSAGES = "passages";

    /** Folders of Lucene's files. */
    public static final String SHARDS = "shards";

    /** Files of what is not to be found any more. */
    public static final String DELETED = "deleted";

    /** What builds have read and not yet made part of the index. */
    public static final String ROUNDS = "rounds";

    /**
     * The folder at {@code path}, which need not exist.
     *
     * @throws MambaSqlException MAMBA_INDEX_PATH_INVALID, MAMBA_INDEX_SCHEME_UNKNOWN or MAMBA_INDEX_UNREADABLE
     */
    public static IndexFolder of(SparkSession spark, String path) {
        var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        try {
            Path folder = new Path(path);
            return new IndexFolder(
                    folder.getFileSystem(hadoop.value()).makeQualified(folder).toString(), hadoop);
        } catch (IllegalArgumentException e) {
            // Not a path, or its host is unknown.
            throw MambaSqlException.of(
                    "MAMBA_INDEX_PATH_INVALID", Map.of("path", path, "cause", String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw IndexFailure.reading(path, e);
        }
    }

    /** The whole path of what lies at {@code relative}. */
    public Path path(String relative) {
        return new Path(root, relative);
    }

    /** The whole path of what lies at {@code relative}, for Spark. */
    public String at(String relative) {
        return path(relative).toString();
    }

    /** The file system. */
    public FileSystem fileSystem() throws IOException {
        return new Path(root).getFileSystem(hadoop.value());
    }

    /** Opens a file. */
    public InputStream open(String relative) throws IOException {
        return fileSystem().open(path(relative));
    }

    /** Creates a file that nobody else writes; an existing one is replaced. */
    public OutputStream create(String relative) throws IOException {
        refuseLinks(relative);
        return fileSystem().create(path(relative), true);
    }

    /**
     * Makes a folder and those above it; one that is there stays.
     *
     * @throws MambaSqlException MAMBA_INDEX_NOT_A_FOLDER, MAMBA_INDEX_NOT_WRITABLE or MAMBA_INDEX_CORRUPT
     */
    public void makeFolder(String relative) {
        refuseLinks(relative);
        try {
            if (!fileSystem().mkdirs(path(relative))) {
                throw new IOException("the file system refuses to make this folder");
            }
        } catch (IOException e) {
            throw IndexFailure.writing(at(relative), e);
        }
    }

    /** A file as it is now. */
    public StoredFile stored(String relative) throws IOException {
        try (InputStream in = open(relative)) {
            return StoredFile.read(relative, in);
        }
    }

    /** @throws MambaSqlException MAMBA_INDEX_NOT_A_FOLDER */
    void requireFolder() throws IOException {
        try {
            if (fileSystem().getFileStatus(new Path(root)).isFile()) {
                throw IndexFailure.notAFolder(root, null);
            }
        } catch (FileNotFoundException | ParentNotDirectoryException e) {
            return; // there is no index
        }
    }

    /** Whether there is such a file or folder. */
    public boolean exists(String relative) throws IOException {
        return fileSystem().exists(path(relative));
    }

    /** The names in a folder, in their order; none if there is no such folder. */
    public List<String> names(String relative) throws IOException {
        try {
            FileStatus[] found = fileSystem().listStatus(relative.isEmpty() ? new Path(root) : path(relative));
            return Arrays.stream(found)
                    .map(status -> status.getPath().getName())
                    .sorted()
                    .toList();
        } catch (FileNotFoundException | ParentNotDirectoryException e) {
            return List.of();
        }
    }

    /** Deletes a file, or a folder with all that is in it; nothing if there is none. */
    public void delete(String relative) throws IOException {
        refuseLinks(relative);
        fileSystem().delete(path(relative), true);
    }

    /**
     * The ordinals of a shard's passages that are deleted.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT or MAMBA_INDEX_UNREADABLE
     */
    public RoaringBitmap deleted(ShardEntry shard) {
        if (shard.deleted() == null) {
            return new RoaringBitmap();
        }
        String file = shard.deleted().file().name();
        try {
            return DeletedFile.read(this, shard);
        } catch (Flaw flaw) {
            throw IndexFailure.corrupt(this, file, flaw);
        } catch (IOException | FSError e) {
            throw IndexFailure.reading(at(file), e);
        }
    }

    /**
     * Refuses a path that a symbolic link leads out of this folder: whoever wrote the index could have others write and delete
     * their own files. The folder itself may be a link, and files may be read through one.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT
     */
    private void refuseLinks(String relative) {
        if (!URI.create(asUri()).getScheme().equals("file")) {
            return; // of Hadoop's file systems only the local one has links
        }
        java.nio.file.Path place = java.nio.file.Path.of(new Path(root).toUri().getPath());
        for (String step : relative.split("/", -1)) {
            place = place.resolve(step);
            if (Files.isSymbolicLink(place)) {
                throw IndexFailure.corrupt(this, relative, "type", "a symbolic link", "a file or folder of the index");
            }
        }
    }

    /** Whether a path, plain or encoded, leads into this folder. */
    boolean holds(String file) {
        return file.startsWith(root + '/') || file.startsWith(asUri() + '/');
    }

    private String asUri() {
        return new Path(root).toUri().toString();
    }
}

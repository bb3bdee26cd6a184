package io.mambaspark.index.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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

    /** The folder at {@code path}, which need not exist. */
    public static IndexFolder of(SparkSession spark, String path) {
        var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        Path folder = new Path(path);
        try {
            return new IndexFolder(
                    folder.getFileSystem(hadoop.value()).makeQualified(folder).toString(), hadoop);
        } catch (IOException e) {
            throw new UncheckedIOException("the file system of " + path + " cannot be reached", e);
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

    /** Creates a file that nobody else writes; what is there is replaced. */
    public OutputStream create(String relative) throws IOException {
        return fileSystem().create(path(relative), true);
    }

    /** A file as it is now. */
    public StoredFile stored(String relative) throws IOException {
        try (InputStream in = open(relative)) {
            return StoredFile.read(relative, in);
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
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Deletes a file, or a folder with all that is in it; nothing if there is none. */
    public void delete(String relative) throws IOException {
        fileSystem().delete(path(relative), true);
    }

    /**
     * The ordinals that are not to be found in a shard.
     *
     * @throws IOException also when the file is not what was written
     */
    public RoaringBitmap deleted(ShardEntry shard) throws IOException {
        if (shard.deleted() == null) {
            return new RoaringBitmap();
        }
        return DeletedFile.read(this, shard.deleted());
    }
}

package io.mambaspark.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files of a process that dies, or whose disk fails once, at a chosen change: each created file, folder, rename and
 * each single deletion is one. A dead process changes nothing any more.
 */
public final class DyingFileSystem extends RawLocalFileSystem {
    /** Renames in one step. */
    static final String RENAMING = "dying";
    /** Renames file by file, as an object store does. */
    static final String COPYING = "dying-copies";

    private static int left;
    private static boolean dies;
    private static boolean reached;

    private String scheme;

    static Configuration conf() {
        Configuration conf = new Configuration();
        for (String scheme : new String[] {RENAMING, COPYING}) {
            conf.set("fs." + scheme + ".impl", DyingFileSystem.class.getName());
        }
        return conf;
    }

    /** The change after {@code changes} more fails, and if {@code dies} all after it. */
    static void failAfter(int changes, boolean dies) {
        left = changes;
        DyingFileSystem.dies = dies;
        reached = false;
    }

    /** Lives on without failing; whether it had failed. */
    static boolean revive() {
        boolean failed = reached;
        failAfter(Integer.MAX_VALUE, false);
        return failed;
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        scheme = uri.getScheme();
        super.initialize(getUri(), conf);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public URI getUri() {
        return URI.create(scheme + ":///");
    }

    private static void change() throws IOException {
        if (reached && !dies) {
            return;
        }
        if (left == 0) {
            reached = true;
            throw new IOException("the disk failed");
        }
        left--;
    }

    /** A file whose creation fails is there, and empty. */
    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        boolean wasAlive = !reached;
        try {
            change();
        } catch (IOException e) {
            if (wasAlive) {
                super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress)
                        .close();
            }
            throw e;
        }
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
        change();
        return super.mkdirs(folder);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        if (!exists(path)) {
            return false;
        }
        if (recursive && getFileStatus(path).isDirectory()) {
            for (FileStatus child : listStatus(path)) {
                delete(child.getPath(), true);
            }
        }
        change();
        return super.delete(path, false);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (scheme.equals(RENAMING)) {
            change();
            return super.rename(from, to);
        }
        mkdirs(to);
        for (FileStatus file : listStatus(from)) {
            change();
            FileUtil.copy(
                    this, file.getPath(), this, new Path(to, file.getPath().getName()), false, getConf());
        }
        return delete(from, true);
    }

    /** Hadoop would start a process for each. */
    @Override
    public void setPermission(Path path, FsPermission permission) {}

    /** Writes a file, in one change. */
    static void write(Path file, String text, Configuration conf) throws IOException {
        try (OutputStream out = file.getFileSystem(conf).create(file, false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

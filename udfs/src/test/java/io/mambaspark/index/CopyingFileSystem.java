package io.mambaspark.index;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Progressable;

/**
 * A file system like an object store: it renames by copying and creates nothing exclusively. Its files are local ones. Some of
 * them can be made to fail once.
 */
public final class CopyingFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "copying";

    private static final AtomicReference<Predicate<String>> FAILING = new AtomicReference<>(path -> false);

    private static final AtomicReference<String> ONLY_FOR = new AtomicReference<>();
    private static final AtomicBoolean FULL = new AtomicBoolean();

    /** The next file whose path is such cannot be created, the next such folder not be listed. */
    static void failOnce(Predicate<String> path) {
        FAILING.set(path);
    }

    /** Nobody but this user may open a file; null for everybody. */
    public static void onlyFor(String user) {
        ONLY_FOR.set(user);
    }

    /** Every file is too large for the disk. */
    static void full(boolean isFull) {
        FULL.set(isFull);
    }

    /** Whether that has happened. */
    static boolean hasFailed() {
        return FAILING.get() == null;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        super.initialize(getUri(), conf);
    }

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
        fail(file);
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        fail(file);
        return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        String only = ONLY_FOR.get();
        String user = UserGroupInformation.getCurrentUser().getUserName();
        if (only != null && !only.equals(user)) {
            throw new AccessControlException("Permission denied: user=" + user + ", access=READ, path=" + file);
        }
        return super.open(file, bufferSize);
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        if (!FULL.get()) {
            fail(folder);
        }
        return super.listStatus(folder);
    }

    private static void fail(Path file) throws IOException {
        if (FULL.get()) {
            throw new IOException("No space left on device");
        }
        Predicate<String> failing = FAILING.get();
        if (failing != null && failing.test(file.toString()) && FAILING.compareAndSet(failing, null)) {
            throw new IOException("the store is busy: " + file);
        }
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        Path target = exists(to) && getFileStatus(to).isDirectory() ? new Path(to, from.getName()) : to;
        return FileUtil.copy(this, from, this, target, true, getConf());
    }
}

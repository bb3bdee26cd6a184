package io.mambaspark.index.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.hadoop.fs.FSError;

/**
 * A file as it was written.
 *
 * @param name   its path, from the index's folder on; in a shard, its name in the shard's folder
 * @param length in bytes
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record StoredFile(String name, long length, String sha256) implements Serializable {
    private static final int BUFFER = 1 << 16;

    /** Whether the name is one step of a path, and so no way out of the folder that it is put into. */
    public boolean hasPlainName() {
        return FileNames.isPlain(name);
    }

    /** The same file under another name. */
    public StoredFile named(String newName) {
        return new StoredFile(newName, length, sha256);
    }

    /** Copies all of {@code in} to {@code out}; closes neither. */
    public static StoredFile copied(String name, InputStream in, OutputStream out) throws IOException {
        return copied(name, in, out, Long.MAX_VALUE);
    }

    /** What {@code in} has now; does not close it. */
    public static StoredFile read(String name, InputStream in) throws IOException {
        return copied(name, in, OutputStream.nullOutputStream());
    }

    /**
     * Copies what is there now, for comparison with this file, and not much more than this file's length; closes neither.
     */
    public StoredFile copyNow(InputStream in, OutputStream out) throws IOException {
        return copied(name, in, out, length);
    }

    private static StoredFile copied(String name, InputStream in, OutputStream out, long enough) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        try {
            for (int read; length <= enough && (read = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
                length += read;
            }
        } catch (FSError e) {
            // Hadoop's local file system makes an Error of every IOException.
            throw new IOException(e.getMessage(), e);
        }
        return new StoredFile(name, length, HexFormat.of().formatHex(digest.digest()));
    }
}

package io.mambaspark.index.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file as it was written.
 *
 * @param name   its path, from the index's folder on; in a shard, its name in the shard's folder
 * @param length in bytes
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record StoredFile(String name, long length, String sha256) implements Serializable {
    private static final int BUFFER = 1 << 16;

    /** Copies all of {@code in} to {@code out}; closes neither. */
    public static StoredFile copied(String name, InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int read; (read = in.read(buffer)) >= 0; ) {
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
            length += read;
        }
        return new StoredFile(name, length, HexFormat.of().formatHex(digest.digest()));
    }

    /** What {@code in} has now, for comparison; does not close it. */
    public static StoredFile read(String name, InputStream in) throws IOException {
        return copied(name, in, OutputStream.nullOutputStream());
    }
}

package io.mambaspark.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names a model by its content: the SHA-256 over one line {@code name length sha256} for each part, in order of name. A part is
 * a file ({@code sha256sum} gives the third column), or what {@link ReaderFingerprint} takes of it. Each part has its own
 * digest, so the parts may be read in any order.
 */
final class ModelFingerprint {
    private final SortedMap<String, String> lines = new TreeMap<>();

    ModelFingerprint() {}

    private ModelFingerprint(SortedMap<String, String> lines) {
        this.lines.putAll(lines);
    }

    ModelFingerprint copy() {
        return new ModelFingerprint(lines);
    }

    void add(String file, byte[] content) {
        add(file, content.length, sha256().digest(content));
    }

    /** Adds a file that has passed whole. */
    void add(String file, DigestedBytes content) {
        add(file, content.passed(), content.sha256());
    }

    private void add(String file, long length, byte[] sha256) {
        lines.put(file, file + " " + length + " " + HexFormat.of().formatHex(sha256) + "\n");
    }

    /** The fingerprint of the files added so far, in 64 hexadecimal digits. */
    String hex() {
        MessageDigest digest = sha256();
        lines.values().forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

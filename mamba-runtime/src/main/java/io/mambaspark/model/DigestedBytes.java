package io.mambaspark.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** Digests a file's bytes on their way by, skipped ones included. */
final class DigestedBytes implements FileBytes {
    private final FileBytes bytes;
    private final MessageDigest digest = ModelFingerprint.sha256();
    private long passed;

    DigestedBytes(FileBytes bytes) {
        this.bytes = bytes;
    }

    /** The SHA-256 of what has passed; ends the digest, so call it once, at the end of the file. */
    byte[] sha256() {
        return digest.digest();
    }

    /** How many bytes have passed. */
    long passed() {
        return passed;
    }

    @Override
    public String file() {
        return bytes.file();
    }

    @Override
    public OptionalLong length() {
        return bytes.length();
    }

    @Override
    public ByteBuffer next(long atMost) {
        ByteBuffer piece = bytes.next(atMost);
        passed += piece.remaining();
        digest.update(piece.duplicate());
        return piece;
    }

    @Override
    public void skip(long count) {
        long left = count;
        while (left > 0) {
            left -= next(left).remaining();
        }
    }

    @Override
    public boolean atEnd() {
        return bytes.atEnd();
    }

    @Override
    public void close() {
        bytes.close();
    }
}

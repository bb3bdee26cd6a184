package io.mambaspark.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The bytes of one file from first to last, handed out in pieces.
 *
 * <p>All methods throw {@link CheckpointException} where the file ends early or cannot be read.
 */
interface FileBytes extends AutoCloseable {
    /** A piece that is not the last of its request is a multiple of this: no number is torn apart. */
    int GRAIN = 8;

    /** The file's name, for messages. */
    String file();

    /** The length of the whole file, if it is known before the end is reached. */
    OptionalLong length();

    /** The next piece, little-endian, of 1 to {@code atMost} bytes, valid until the next call. */
    ByteBuffer next(long atMost);

    /** Passes over {@code count} bytes. */
    void skip(long count);

    /** Whether no byte is left. */
    boolean atEnd();

    @Override
    void close();

    /** The next {@code count} bytes; takes no more memory than the file has bytes for. */
    default byte[] read(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < count) {
            ByteBuffer piece = next(count - bytes.size());
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }
}

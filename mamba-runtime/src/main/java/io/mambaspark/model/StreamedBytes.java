package io.mambaspark.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** A file that can only be read from front to back, such as one inside a jar. */
final class StreamedBytes implements FileBytes {
    /** Small enough to stay in a core's cache between inflating and decoding. */
    private static final int PIECE = 128 << 10;

    private final String file;
    private final InputStream in;
    private final OptionalLong length;
    private final byte[] buffer = new byte[PIECE];
    private long position;

    /** Takes over the stream: it is closed with this object. */
    StreamedBytes(String file, InputStream in, OptionalLong length) {
        this.file = file;
        this.in = in;
        this.length = length;
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public ByteBuffer next(long atMost) {
        int size = (int) Math.min(atMost, PIECE);
        try {
            int read = in.readNBytes(buffer, 0, size);
            if (read < size) {
                throw endsEarly(position + read, size);
            }
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
        position += size;
        return ByteBuffer.wrap(buffer, 0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void skip(long count) {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw endsEarly(position, count);
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
        position += count;
    }

    private CheckpointException endsEarly(long at, long expected) {
        return CheckpointException.corrupt(
                file,
                "it ends early, about byte " + at + ": " + expected + " bytes are expected from byte " + position
                        + " on");
    }

    @Override
    public boolean atEnd() {
        try {
            int next = in.read();
            if (next >= 0) {
                position++;
            }
            return next < 0;
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
    }
}

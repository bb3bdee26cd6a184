package io.mambaspark.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/**
 * A file in the file system, mapped request by request: nothing is copied into the heap.
 *
 * <p>A request above 1 GiB is mapped in pieces, because one {@link java.nio.MappedByteBuffer} ends at 2 GiB.
 */
final class MappedBytes implements FileBytes {
    private static final long PIECE = 1L << 30;

    private final String file;
    private final FileChannel channel;
    private final long length;
    private final long pieceSize;
    private long position;

    /** Takes over the channel: it is closed with this object. */
    MappedBytes(String file, FileChannel channel) throws IOException {
        this(file, channel, PIECE);
    }

    /** As the other, in pieces of at most {@code pieceSize} bytes, a multiple of {@link FileBytes#GRAIN}. */
    MappedBytes(String file, FileChannel channel, long pieceSize) throws IOException {
        this.file = file;
        this.channel = channel;
        this.length = channel.size();
        this.pieceSize = pieceSize;
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public ByteBuffer next(long atMost) {
        long size = Math.min(atMost, pieceSize);
        require(size);
        try {
            ByteBuffer piece = channel.map(FileChannel.MapMode.READ_ONLY, position, size);
            position += size;
            return piece.order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
    }

    @Override
    public void skip(long count) {
        require(count);
        position += count;
    }

    private void require(long count) {
        if (count > length - position) {
            throw CheckpointException.corrupt(
                    file,
                    "it ends at byte " + length + ", but " + count + " bytes are expected from byte " + position
                            + " on");
        }
    }

    @Override
    public boolean atEnd() {
        return position == length;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, e);
        }
    }
}

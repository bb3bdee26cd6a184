package io.mambaspark.model;

import io.mambaspark.error.Finite;
import io.mambaspark.error.MambaError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads one safetensors file from front to back: the header when opened, then each tensor once, in file order.
 *
 * <p>The header is checked whole before any tensor is handed out, so a damaged or hostile file is refused with
 * {@code MAMBA_CHECKPOINT_CORRUPT} and never makes this class read out of bounds or take memory that the file has no
 * bytes for. Not thread-safe.
 */
final class Safetensors implements AutoCloseable {
    /** The reference implementation's limit. */
    private static final long MAX_HEADER = 100_000_000;

    private final FileBytes bytes;
    private final SafetensorsHeader header;
    /** The first tensor of which a number that is not finite was decoded; null if there is none. */
    private String notFinite;

    /** Takes one tensor; what it leaves unread is passed over. */
    @FunctionalInterface
    interface TensorReader {
        void read(Tensor tensor, TensorValues values);
    }

    private Safetensors(FileBytes bytes, SafetensorsHeader header) {
        this.bytes = bytes;
        this.header = header;
    }

    /** Reads and checks the header. Takes over {@code bytes}: they are closed with this object, or here on an error. */
    static Safetensors open(FileBytes bytes) {
        try {
            return new Safetensors(bytes, readHeader(bytes));
        } catch (RuntimeException | Error e) {
            bytes.close();
            throw e;
        }
    }

    private static SafetensorsHeader readHeader(FileBytes bytes) {
        String file = bytes.file();
        long headerLength = ByteBuffer.wrap(bytes.read(Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (headerLength < 0 || headerLength > MAX_HEADER) {
            throw CheckpointException.corrupt(
                    file,
                    "the header claims " + Long.toUnsignedString(headerLength) + " bytes, more than the limit of "
                            + MAX_HEADER);
        }
        long dataStart = Long.BYTES + headerLength;
        long length = bytes.length().orElse(Long.MAX_VALUE);
        if (dataStart > length) {
            throw CheckpointException.corrupt(
                    file, "the header claims " + headerLength + " bytes, but the file has only " + length);
        }
        SafetensorsHeader header = SafetensorsHeader.parse(file, bytes.read((int) headerLength));
        if (bytes.length().isPresent() && header.dataLength() != length - dataStart) {
            throw CheckpointException.corrupt(
                    file,
                    "the header describes " + header.dataLength() + " bytes of data, but the file has "
                            + (length - dataStart) + " behind the header");
        }
        return header;
    }

    SafetensorsHeader header() {
        return header;
    }

    /** Hands out every tensor and then checks that the file ends with the last one. To be called once. */
    void forEach(TensorReader reader) {
        for (Tensor tensor : header.tensors()) {
            TensorValues values = new TensorValues(tensor, bytes);
            reader.read(tensor, values);
            values.finish();
            if (notFinite == null && !values.finite()) {
                notFinite = tensor.name();
            }
        }
        if (!bytes.atEnd()) {
            throw CheckpointException.corrupt(
                    bytes.file(), "it goes on after the " + header.dataLength() + " bytes of data in its header");
        }
    }

    /** The error of the first number that is not finite among the weights that were decoded, if there is one. */
    Optional<MambaError> fault() {
        return Optional.ofNullable(notFinite)
                .map(tensor -> Finite.notANumber("A weight of " + bytes.file() + ", tensor " + tensor + ",")
                        .error());
    }

    @Override
    public void close() {
        bytes.close();
    }
}

package io.mambaspark.model;

import io.mambaspark.error.Finite;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Decodes the numbers of one tensor from its file, piece by piece. */
final class TensorValues implements WeightSink.Values {
    private final Tensor tensor;
    private final FileBytes bytes;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    /** Bytes of the tensor that are in no piece yet. */
    private long ahead;

    private boolean finished;
    private boolean finite = true;

    TensorValues(Tensor tensor, FileBytes bytes) {
        this.tensor = tensor;
        this.bytes = bytes;
        this.ahead = tensor.bytes();
    }

    @Override
    public void next(float[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        claim(count);
        switch (tensor.dtype()) {
            case F32 -> inPieces(Float.BYTES, offset, count, (at, n) -> readF32(target, at, n));
            case F16 -> inPieces(Short.BYTES, offset, count, (at, n) -> readF16(target, at, n));
            case BF16 -> inPieces(Short.BYTES, offset, count, (at, n) -> readBf16(target, at, n));
            default -> throw unsupported("weights are read from F32, F16 and BF16");
        }
        finite &= Finite.all(target, offset, count);
    }

    /** Decodes the next {@code count} whole numbers (I32 or I64 in the file); otherwise as the other {@code next}. */
    void next(long[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        claim(count);
        switch (tensor.dtype()) {
            case I32 -> inPieces(Integer.BYTES, offset, count, (at, n) -> readI32(target, at, n));
            case I64 -> inPieces(Long.BYTES, offset, count, (at, n) -> readI64(target, at, n));
            default -> throw unsupported("whole numbers are read from I32 and I64");
        }
    }

    /** Whether all weights decoded so far are finite. */
    boolean finite() {
        return finite;
    }

    /** Ends the tensor's turn: passes over what was left unread. */
    void finish() {
        bytes.skip(ahead);
        ahead = 0;
        finished = true;
    }

    private void claim(int count) {
        if (finished) {
            throw new IllegalStateException("the values of tensor " + tensor.name() + " were asked for after its turn");
        }
        long left = (ahead + piece.remaining()) * Byte.SIZE / tensor.dtype().bits();
        if (count > left) {
            throw new IllegalArgumentException(
                    "tensor " + tensor.name() + " " + tensor.shape() + " has " + left + " values left, not " + count);
        }
    }

    private CheckpointException unsupported(String readable) {
        return CheckpointException.unsupported(bytes.file() + ": tensor " + tensor.name() + " is stored as "
                + tensor.dtype() + ", but " + readable + ". Convert the checkpoint to one of these.");
    }

    private interface Decoder {
        void decode(int at, int count);
    }

    private void inPieces(int width, int offset, int count, Decoder decoder) {
        int done = 0;
        while (done < count) {
            if (!piece.hasRemaining()) {
                piece = bytes.next(ahead).order(ByteOrder.LITTLE_ENDIAN);
                ahead -= piece.remaining();
            }
            int n = Math.min(count - done, piece.remaining() / width);
            decoder.decode(offset + done, n);
            done += n;
        }
    }

    private void readF32(float[] target, int at, int count) {
        piece.asFloatBuffer().get(target, at, count);
        piece.position(piece.position() + count * Float.BYTES);
    }

    private void readF16(float[] target, int at, int count) {
        int from = piece.position();
        for (int i = 0; i < count; i++) {
            target[at + i] = HalfPrecision.fromF16(piece.getShort(from + i * Short.BYTES));
        }
        piece.position(from + count * Short.BYTES);
    }

    private void readBf16(float[] target, int at, int count) {
        int from = piece.position();
        for (int i = 0; i < count; i++) {
            target[at + i] = HalfPrecision.fromBf16(piece.getShort(from + i * Short.BYTES));
        }
        piece.position(from + count * Short.BYTES);
    }

    private void readI32(long[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = piece.getInt();
        }
    }

    private void readI64(long[] target, int at, int count) {
        piece.asLongBuffer().get(target, at, count);
        piece.position(piece.position() + count * Long.BYTES);
    }
}

package io.mambaspark.engine;

import io.mambaspark.error.Finite;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.ModelConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * All that a reading remembers: of each layer the last inputs of the convolution and the state of the scan, and the
 * sums of the piece that is open. Its size depends on the model alone, so a reading of any length can stop, be stored,
 * be shipped and go on elsewhere, bit for bit as if it had not stopped.
 *
 * <p>Not thread-safe: a state belongs to one reading.
 */
public final class ReadingState {
    private static final int MAGIC = 0x4d_52_53_32; // "MRS2": a Mamba reading state in version 2 of this format
    private static final int FINGERPRINT_BYTES = 64;
    private static final int SIZES = 5;
    private static final int HEADER_BYTES =
            Integer.BYTES + FINGERPRINT_BYTES + SIZES * Integer.BYTES + Long.BYTES + Float.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    /** Rows are padded to this many floats, so that the widest vector needs no tail. */
    private static final int PADDING = 16;

    private final int layers;
    private final int dModel;
    private final int dInner;
    private final int dState;
    private final int tail;
    /** Made when first asked for: a text that one thread or a device reads within a block never needs it. */
    private float[] conv;

    private float[] ssm;
    private float[] pieceSum;
    private float pieceWeight;
    private long tokens;

    /** The state before the first token: all zero. */
    public ReadingState(ModelConfig config) {
        layers = config.layers();
        dModel = config.dModel();
        dInner = config.dInner();
        dState = config.dState();
        tail = config.dConv() - 1;
        pieceSum = new float[dModel];
    }

    private ReadingState(ReadingState other) {
        layers = other.layers;
        dModel = other.dModel;
        dInner = other.dInner;
        dState = other.dState;
        tail = other.tail;
        conv = other.conv == null ? null : other.conv.clone();
        ssm = other.ssm == null ? null : other.ssm.clone();
        pieceSum = other.pieceSum.clone();
        pieceWeight = other.pieceWeight;
        tokens = other.tokens;
    }

    /** A state that goes its own way from here. */
    ReadingState copy() {
        return new ReadingState(this);
    }

    /** Takes the place of its copy, which must not be used afterwards. */
    void become(ReadingState copy) {
        conv = copy.conv;
        ssm = copy.ssm;
        pieceSum = copy.pieceSum;
        pieceWeight = copy.pieceWeight;
        tokens = copy.tokens;
    }

    /** The distance between two rows of {@link #conv()} and {@link #ssm()}: d_inner, padded to whole vectors. */
    public int stride() {
        return (dInner + PADDING - 1) / PADDING * PADDING;
    }

    /** The last d_conv - 1 inputs of each layer's convolution, oldest first: {@code [layers, d_conv - 1, stride]}. */
    public float[] conv() {
        if (conv == null) {
            conv = new float[layers * tail * stride()];
        }
        return conv;
    }

    /** The state h of each layer's scan: {@code [layers, d_state, stride]}. */
    public float[] ssm() {
        if (ssm == null) {
            ssm = new float[layers * dState * stride()];
        }
        return ssm;
    }

    /** Σ g_t h_t of the piece that is open: {@code [d_model]}. */
    public float[] pieceSum() {
        return pieceSum;
    }

    /** Σ g_t of the piece that is open. */
    public float pieceWeight() {
        return pieceWeight;
    }

    /** Sets Σ g_t of the piece that is open; for engines. */
    public void pieceWeight(float weight) {
        pieceWeight = weight;
    }

    /** The number of tokens read so far. */
    public long tokens() {
        return tokens;
    }

    /** Counts tokens that were read; for engines. */
    public void advance(int read) {
        tokens += read;
    }

    /** True if this state has the sizes of that model; says nothing about whose weights made it. */
    public boolean fits(ModelConfig config) {
        return layers == config.layers()
                && dModel == config.dModel()
                && dInner == config.dInner()
                && dState == config.dState()
                && tail == config.dConv() - 1;
    }

    /**
     * The state as bytes, little-endian: magic, fingerprint, sizes, tokens, then the numbers without padding, and last a
     * CRC-32C of all that precedes it.
     *
     * @param fingerprint of the model that made the state: 64 hexadecimal digits
     * @throws MambaException MAMBA_NOT_A_NUMBER if a number of the state is not finite
     */
    public byte[] toBytes(String fingerprint) {
        byte[] maker = fingerprint.getBytes(StandardCharsets.US_ASCII);
        if (maker.length != FINGERPRINT_BYTES) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits, not '" + fingerprint + "'");
        }
        if (!isFinite()) {
            throw Finite.notANumber("A number of the reading state");
        }
        ByteBuffer bytes = ByteBuffer.allocate(byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).put(maker);
        bytes.putInt(layers).putInt(dModel).putInt(dInner).putInt(dState).putInt(tail);
        bytes.putLong(tokens).putFloat(pieceWeight);
        FloatBuffer numbers = bytes.asFloatBuffer();
        numbers.put(pieceSum);
        for (int row = 0; row < layers * tail; row++) {
            numbers.put(conv(), row * stride(), dInner);
        }
        for (int row = 0; row < layers * dState; row++) {
            numbers.put(ssm(), row * stride(), dInner);
        }
        bytes.putInt(bytes.capacity() - CHECKSUM_BYTES, checksum(bytes.array()));
        return bytes.array();
    }

    /**
     * The state that {@link #toBytes} wrote. The bytes may come from anywhere: what they claim is checked.
     *
     * @param bytes       what was written
     * @param config      the sizes of the model that continues the reading
     * @param fingerprint of that model
     * @throws StateMismatchException MAMBA_STATE_FORMAT_UNKNOWN if the bytes are of no format that this version reads,
     *                                MAMBA_STATE_CORRUPT if they are damaged, MAMBA_MODEL_STATE_MISMATCH if they are the
     *                                state of another model
     */
    public static ReadingState fromBytes(byte[] bytes, ModelConfig config, String fingerprint) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < Integer.BYTES || in.getInt() != MAGIC) {
            throw StateMismatchException.notAState(bytes.length);
        }
        if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) {
            throw StateMismatchException.corrupt(bytes.length, "it ends before its numbers");
        }
        if (in.getInt(bytes.length - CHECKSUM_BYTES) != checksum(bytes)) {
            throw StateMismatchException.corrupt(bytes.length, "its checksum does not match its content");
        }
        byte[] maker = new byte[FINGERPRINT_BYTES];
        in.get(maker);
        String made = new String(maker, StandardCharsets.US_ASCII);
        if (!made.equals(fingerprint)) {
            throw StateMismatchException.otherModel(made, fingerprint);
        }
        ReadingState state = new ReadingState(config);
        if (!state.sizesEqual(in) || bytes.length != state.byteSize()) {
            throw StateMismatchException.corrupt(bytes.length, "its sizes are not those of the model that made it");
        }
        state.read(in);
        return state;
    }

    /** Takes what follows the sizes. */
    private void read(ByteBuffer in) {
        tokens = in.getLong();
        pieceWeight = in.getFloat();
        numbers(in.asFloatBuffer());
        if (tokens < 0 || pieceWeight < 0) {
            throw StateMismatchException.corrupt(
                    in.capacity(), "it counts " + tokens + " tokens, and " + pieceWeight + " of the open piece");
        }
        if (!isFinite()) {
            throw StateMismatchException.corrupt(in.capacity(), "it holds a number that is not finite");
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }

    private boolean isFinite() {
        return Float.isFinite(pieceWeight)
                && Finite.all(pieceSum)
                && (conv == null || Finite.all(conv))
                && (ssm == null || Finite.all(ssm));
    }

    private int byteSize() {
        long floats = dModel + (long) layers * (tail + dState) * dInner;
        return Math.toIntExact(HEADER_BYTES + floats * Float.BYTES + CHECKSUM_BYTES);
    }

    private boolean sizesEqual(ByteBuffer in) {
        int[] sizes = {layers, dModel, dInner, dState, tail}; // SIZES of them
        boolean equal = true;
        for (int size : sizes) {
            equal &= in.getInt() == size;
        }
        return equal;
    }

    private void numbers(FloatBuffer in) {
        in.get(pieceSum);
        for (int row = 0; row < layers * tail; row++) {
            in.get(conv(), row * stride(), dInner);
        }
        for (int row = 0; row < layers * dState; row++) {
            in.get(ssm(), row * stride(), dInner);
        }
    }
}

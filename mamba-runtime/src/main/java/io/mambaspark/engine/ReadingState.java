package io.mambaspark.engine;

import io.mambaspark.model.ModelConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/**
 * All that a reading remembers: of each layer the last inputs of the convolution and the state of the scan, and the
 * sums of the piece that is open. Its size depends on the model alone, so a reading of any length can stop, be stored,
 * be shipped and go on elsewhere, bit for bit as if it had not stopped.
 *
 * <p>Not thread-safe: a state belongs to one reading.
 */
public final class ReadingState {
    private static final int MAGIC = 0x4d_52_53_31; // "MRS1": a Mamba reading state in version 1 of this format
    private static final int FINGERPRINT_BYTES = 64;
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
     * The state as bytes, little-endian: magic, fingerprint, sizes, tokens, then the numbers without padding.
     *
     * @param fingerprint of the model that made the state: 64 hexadecimal digits
     */
    public byte[] toBytes(String fingerprint) {
        byte[] maker = fingerprint.getBytes(StandardCharsets.US_ASCII);
        if (maker.length != FINGERPRINT_BYTES) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits, not '" + fingerprint + "'");
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
        return bytes.array();
    }

    /**
     * The state that {@link #toBytes} wrote.
     *
     * @param bytes       what was written
     * @param config      the sizes of the model that shall go on reading
     * @param fingerprint of that model
     * @throws StateMismatchException if the bytes are not a state of that model
     */
    public static ReadingState fromBytes(byte[] bytes, ModelConfig config, String fingerprint) {
        ReadingState state = new ReadingState(config);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < Integer.BYTES + FINGERPRINT_BYTES || in.getInt() != MAGIC) {
            throw StateMismatchException.notAState(bytes.length);
        }
        byte[] maker = new byte[FINGERPRINT_BYTES];
        in.get(maker);
        String made = new String(maker, StandardCharsets.US_ASCII);
        if (!made.equals(fingerprint)) {
            throw StateMismatchException.otherModel(made, fingerprint);
        }
        if (bytes.length != state.byteSize() || !state.sizesEqual(in)) {
            throw StateMismatchException.notAState(bytes.length);
        }
        state.tokens = in.getLong();
        state.pieceWeight = in.getFloat();
        state.numbers(in.asFloatBuffer());
        return state;
    }

    private int byteSize() {
        long floats = dModel + (long) layers * (tail + dState) * dInner;
        return Math.toIntExact(
                Integer.BYTES + FINGERPRINT_BYTES + 5L * Integer.BYTES + Long.BYTES + (1 + floats) * Float.BYTES);
    }

    private boolean sizesEqual(ByteBuffer in) {
        int[] sizes = {layers, dModel, dInner, dState, tail};
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

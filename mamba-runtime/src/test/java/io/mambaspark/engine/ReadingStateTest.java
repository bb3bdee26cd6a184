package io.mambaspark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ReadingStateTest {
    private static final String MAKER = "3fa9c1d2" + "0".repeat(56);
    private static final String OTHER = "77b0e4aa" + "0".repeat(56);

    private final Checkpoint checkpoint = Checkpoint.builtIn();
    private final ModelConfig config = checkpoint.config();

    @Test
    void aStoredReadingGoesOnFromTheSameBits() {
        int[] tokens = IntStream.range(100, 140).toArray();
        EngineOptions options = EngineOptions.defaults();
        try (MambaEngine engine = Engines.choose("cpu").create(checkpoint, options)) {
            ReadingState kept = new ReadingState(config);
            engine.read(halfOpen(tokens, kept), Wanted.PIECES);
            ReadingState stored = ReadingState.fromBytes(kept.toBytes(MAKER), config, MAKER);
            assertThat(stored.tokens()).isEqualTo(40);
            Wanted last = Wanted.hidden(39);
            BlockReading expected = engine.read(TokenBlock.of(tokens, kept), last);
            BlockReading actual = engine.read(TokenBlock.of(tokens, stored), last);
            assertThat(actual.hidden()).isEqualTo(expected.hidden());
            assertThat(actual.sums()).isEqualTo(expected.sums());
            assertThat(actual.weights()).isEqualTo(expected.weights());
            assertThat(stored.toBytes(MAKER)).isEqualTo(kept.toBytes(MAKER));
        }
    }

    /** All tokens, with a piece that stays open. */
    private static TokenBlock halfOpen(int[] tokens, ReadingState state) {
        int[] cuts = {tokens.length / 2};
        return new TokenBlock(tokens, List.of(new TokenBlock.Segment(0, tokens.length, state, cuts)));
    }

    @Test
    void theStateOfAnotherModelIsRefused() {
        byte[] bytes = new ReadingState(config).toBytes(MAKER);
        assertThatThrownBy(() -> ReadingState.fromBytes(bytes, config, OTHER))
                .isInstanceOf(StateMismatchException.class)
                .hasMessageStartingWith("[MAMBA_MODEL_STATE_MISMATCH] The reading state was made by model 3fa9c1d2, but"
                        + " this runtime holds 77b0e4aa");
    }

    @Test
    void bytesOfAnotherFormatAreRefused() {
        byte[] otherFormat = state().toBytes(MAKER);
        otherFormat[0] = '1'; // little-endian: the format of the first release
        for (byte[] wrong : new byte[][] {new byte[0], new byte[3], otherFormat, new byte[otherFormat.length]}) {
            assertThatThrownBy(() -> ReadingState.fromBytes(wrong, config, MAKER))
                    .isInstanceOf(StateMismatchException.class)
                    .hasMessageStartingWith("[MAMBA_STATE_FORMAT_UNKNOWN] " + wrong.length
                            + " bytes are not a reading state of this model");
        }
    }

    @Test
    void noChangedByteIsReadSilently() {
        byte[] bytes = state().toBytes(MAKER);
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            // The first places are magic, fingerprint, sizes and counts.
            int at = i < 110 ? i : random.nextInt(bytes.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> ReadingState.fromBytes(damaged, config, MAKER))
                    .hasMessageMatching("(?s)\\[MAMBA_STATE_(CORRUPT|FORMAT_UNKNOWN)].*");
        }
        for (int length : new int[] {4, 5, 100, 103, 104, bytes.length - 1}) {
            assertIsCorrupt(Arrays.copyOf(bytes, length), "");
        }
        assertIsCorrupt(Arrays.copyOf(bytes, bytes.length + 1), "checksum");
    }

    /** What a checksum does not find: somebody wrote these numbers. */
    @Test
    void aForgedStateWithImpossibleNumbersIsRefused() {
        byte[] bytes = state().toBytes(MAKER);
        int sizes = Integer.BYTES + MAKER.length();
        int tokens = sizes + 5 * Integer.BYTES;
        int pieceWeight = tokens + Long.BYTES;
        int numbers = pieceWeight + Float.BYTES;
        assertIsCorrupt(forged(bytes, b -> b.putInt(sizes, 1)), "sizes");
        assertIsCorrupt(forged(bytes, b -> b.putLong(tokens, -1)), "counts -1 tokens");
        assertIsCorrupt(forged(bytes, b -> b.putFloat(pieceWeight, -1)), "-1.0");
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertIsCorrupt(forged(bytes, b -> b.putFloat(pieceWeight, wrong)), "");
            assertIsCorrupt(forged(bytes, b -> b.putFloat(numbers, wrong)), "not finite");
            assertIsCorrupt(forged(bytes, b -> b.putFloat(bytes.length - 8, wrong)), "not finite");
        }
    }

    @Test
    void aStateThatIsNotFiniteIsNotWritten() {
        ReadingState state = state();
        state.ssm()[7] = Float.NaN;
        assertThatThrownBy(() -> state.toBytes(MAKER)).hasMessageStartingWith("[MAMBA_NOT_A_NUMBER]");
    }

    private void assertIsCorrupt(byte[] bytes, String problem) {
        assertThatThrownBy(() -> ReadingState.fromBytes(bytes, config, MAKER))
                .isInstanceOf(StateMismatchException.class)
                .hasMessageStartingWith(
                        "[MAMBA_STATE_CORRUPT] The reading state of " + bytes.length + " bytes is damaged")
                .hasMessageContaining(problem);
    }

    private ReadingState state() {
        ReadingState state = new ReadingState(config);
        state.ssm()[3] = 0.5f;
        state.advance(40);
        return state;
    }

    /** Changed, with a checksum that fits. */
    private static byte[] forged(byte[] bytes, Consumer<ByteBuffer> change) {
        ByteBuffer forged = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(forged);
        CRC32C checksum = new CRC32C();
        checksum.update(forged.array(), 0, bytes.length - Integer.BYTES);
        forged.putInt(bytes.length - Integer.BYTES, (int) checksum.getValue());
        return forged.array();
    }
}

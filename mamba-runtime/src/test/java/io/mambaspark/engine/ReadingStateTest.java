package io.mambaspark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    void bytesThatAreNoStateAreRefused() {
        byte[] bytes = new ReadingState(config).toBytes(MAKER);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        byte[] otherFormat = bytes.clone();
        otherFormat[0]++;
        for (byte[] wrong : new byte[][] {new byte[0], shorter, otherFormat}) {
            assertThatThrownBy(() -> ReadingState.fromBytes(wrong, config, MAKER))
                    .isInstanceOf(StateMismatchException.class)
                    .hasMessageContaining(wrong.length + " bytes are not a reading state of this model");
        }
    }
}

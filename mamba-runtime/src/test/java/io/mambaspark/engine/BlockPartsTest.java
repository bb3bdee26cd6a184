package io.mambaspark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.TinyReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A block read in parts is the block read at once, bit for bit. */
class BlockPartsTest {
    private static final int LONGEST = 6 * 60;
    private static final String FINGERPRINT = "0".repeat(64);

    private final Checkpoint tiny;

    BlockPartsTest() throws URISyntaxException {
        tiny = Checkpoint.open(Path.of(BlockPartsTest.class
                        .getResource(TinyReader.RESOURCES + "config.json")
                        .toURI())
                .getParent());
    }

    private MambaEngine cpu(int blockTokens) {
        return Engines.create(tiny, new EngineOptions("cpu", 1, blockTokens));
    }

    /** Segments of these lengths, empty ones too, with cuts anywhere, at both ends and twice in one place too. */
    private TokenBlock block(List<Integer> lengths, List<ReadingState> states, long seed) {
        Random random = new Random(seed);
        List<Segment> segments = new ArrayList<>();
        int start = 0;
        for (int length : lengths) {
            ReadingState state = new ReadingState(tiny.config());
            states.add(state);
            int[] cuts = random.ints(random.nextInt(5), 0, length + 1).sorted().toArray();
            segments.add(new Segment(start, length, state, cuts));
            start += length;
        }
        return new TokenBlock(random.ints(start, 0, 96).toArray(), segments);
    }

    @Property(tries = 60)
    void partsAreTheWhole(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 100) int part,
            @ForAll long seed) {
        try (MambaEngine large = cpu(LONGEST);
                MambaEngine small = cpu(part)) {
            List<ReadingState> expectedStates = new ArrayList<>();
            List<ReadingState> states = new ArrayList<>();
            TokenBlock block = block(lengths, expectedStates, seed);
            Wanted wanted = wanted(block.length(), new Random(seed));
            BlockReading expected = large.read(block, wanted);
            BlockReading parts = BlockParts.read(small, block(lengths, states, seed), wanted);
            assertThat(parts).usingRecursiveComparison().isEqualTo(expected);
            for (int i = 0; i < states.size(); i++) {
                assertThat(states.get(i).toBytes(FINGERPRINT))
                        .isEqualTo(expectedStates.get(i).toBytes(FINGERPRINT));
            }
        }
    }

    /** Rows in any order. */
    private static Wanted wanted(int length, Random random) {
        if (length == 0) {
            return Wanted.PIECES;
        }
        int[] hidden = random.ints(7, 0, length).toArray();
        int[] logits = random.ints(3, 0, length).toArray();
        int[] scored = random.ints(9, 0, length).toArray();
        return new Wanted(
                hidden,
                logits,
                scored,
                Arrays.stream(scored).map(row -> row % 96).toArray());
    }
}

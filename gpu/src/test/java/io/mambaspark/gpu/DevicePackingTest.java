package io.mambaspark.gpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;

import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.model.Checkpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A token's result does not depend on its place on the device: packing and block size change nothing but rounding. Whether
 * it is right is for {@link ReferenceVectorsTest} and {@link BookPassageTest}: on random tokens of a random checkpoint two
 * engines now and then differ by more than real text shows.
 */
@Tag("opencl")
@AddLifecycleHook(Pocl.Skip.class)
class DevicePackingTest {
    private static final double TOLERANCE = 1e-4;
    private static final int LONGEST = 200;

    /** Blocks of the device are of one tile of rows: calls are split and joined. */
    private static MambaEngine small;

    private static MambaEngine large;

    @BeforeContainer
    static void open() {
        Checkpoint tiny = Pocl.tiny();
        small = Pocl.engine(tiny, 128);
        large = Pocl.engine(tiny, 2048);
    }

    @AfterContainer
    static void close() {
        for (MambaEngine engine : new MambaEngine[] {small, large}) {
            if (engine != null) {
                engine.close();
            }
        }
    }

    @Property(tries = 25)
    void whereATokenStandsChangesNothingButRounding(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = LONGEST) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 700) int blockTokens,
            @ForAll @IntRange(min = 1, max = 90) int pieceTokens,
            @ForAll boolean ofOneTile,
            @ForAll Random random) {
        MambaEngine engine = ofOneTile ? small : large;
        List<Transcript> alone = new ArrayList<>();
        List<Transcript> packed = new ArrayList<>();
        for (int length : lengths) {
            int[] ids = random.ints(length, 0, engine.config().vocabSize()).toArray();
            alone.add(new Transcript(engine, ids, pieceTokens).read(engine, LONGEST));
            packed.add(new Transcript(engine, ids, pieceTokens));
        }
        readPacked(engine, packed, blockTokens, random);
        for (int i = 0; i < lengths.size(); i++) {
            assertSame(packed.get(i), alone.get(i));
        }
    }

    /** Blocks of at most that many tokens, of documents in any order with any shares. */
    private static void readPacked(MambaEngine engine, List<Transcript> documents, int blockTokens, Random random) {
        List<Transcript> unread = new ArrayList<>(documents);
        while (!unread.isEmpty()) {
            Collections.shuffle(unread, random);
            List<Integer> counts = new ArrayList<>();
            int free = blockTokens;
            for (Transcript document : unread) {
                int count = Math.min(document.remaining(), random.nextInt(free + 1));
                counts.add(count);
                free -= count;
            }
            Transcript.readPacked(engine, unread, counts);
            unread.removeIf(document -> document.remaining() == 0);
        }
    }

    private static void assertSame(Transcript actual, Transcript expected) {
        assertClose("hidden states", actual.hidden, expected.hidden, TOLERANCE);
        assertClose("sums of pieces", actual.sums, expected.sums, TOLERANCE);
        assertClose("weights of pieces", actual.weights, expected.weights, TOLERANCE);
        assertClose("log-probabilities", actual.logProbabilities, expected.logProbabilities, TOLERANCE);
        assertClose("scan state", actual.state.ssm(), expected.state.ssm(), TOLERANCE);
        assertClose("convolution state", actual.state.conv(), expected.state.conv(), TOLERANCE);
        assertClose("open piece", actual.state.pieceSum(), expected.state.pieceSum(), TOLERANCE);
    }
}

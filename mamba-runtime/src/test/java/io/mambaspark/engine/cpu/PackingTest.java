package io.mambaspark.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mambaspark.model.Checkpoint;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A token's result does not depend on its place: packing, block size and threads change no bit of it. */
class PackingTest {
    private static final String FINGERPRINT = "0".repeat(64);
    private static final int LONGEST = 150;

    private final Checkpoint tiny = ReferenceModelTest.tiny();

    PackingTest() throws URISyntaxException {}

    @Property(tries = 60)
    void whereATokenStandsChangesNoBit(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = LONGEST) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 90) int blockTokens,
            @ForAll @IntRange(min = 1, max = 5) int threads,
            @ForAll @IntRange(min = 1, max = 40) int pieceTokens,
            @ForAll boolean scalar,
            @ForAll Random random) {
        Kernels kernels = scalar ? new ScalarKernels() : KernelChoice.best().kernels();
        try (CpuEngine plain = ReferenceModelTest.engine(tiny, kernels, 1, LONGEST);
                CpuEngine engine = ReferenceModelTest.engine(tiny, kernels, threads, blockTokens)) {
            List<Transcript> alone = new ArrayList<>();
            List<Transcript> packed = new ArrayList<>();
            for (int length : lengths) {
                int[] ids = random.ints(length, 0, tiny.config().vocabSize()).toArray();
                alone.add(new Transcript(plain, ids, pieceTokens).read(plain, LONGEST));
                Transcript document = new Transcript(engine, ids, pieceTokens);
                packed.add(random.nextBoolean() ? document.ending() : document);
            }
            readPacked(engine, packed, blockTokens, random);
            for (int i = 0; i < lengths.size(); i++) {
                assertSameBits(packed.get(i), alone.get(i));
            }
        }
    }

    /** Else a block of short rows takes hundreds of states at once, a megabyte each with the built-in model. */
    @Test
    void documentsThatEndInTheirBlockTakeNoState() {
        int documents = LONGEST / 3;
        int[] ids = {5, 6, 7};
        try (CpuEngine engine =
                ReferenceModelTest.engine(tiny, KernelChoice.best().kernels(), 1, LONGEST)) {
            Transcript alone = new Transcript(engine, ids, 2).read(engine, LONGEST);
            List<Transcript> packed = Stream.generate(() -> new Transcript(engine, ids, 2).ending())
                    .limit(documents)
                    .toList();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            Transcript.readPacked(engine, packed, Collections.nCopies(documents, ids.length));
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(packed).allSatisfy(document -> assertSameBits(document, alone));
            assertThat(allocated).isLessThan((long) documents * alone.state.toBytes(FINGERPRINT).length / 2);
        }
    }

    /** Blocks of at most that many tokens, of documents in any order with any shares. */
    private static void readPacked(CpuEngine engine, List<Transcript> documents, int blockTokens, Random random) {
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

    /** {@code isEqualTo} of two arrays compares the bits of their numbers. */
    private static void assertSameBits(Transcript actual, Transcript expected) {
        assertThat(actual.hidden).as("hidden states").isEqualTo(expected.hidden);
        assertThat(actual.logProbabilities).as("log-probabilities").isEqualTo(expected.logProbabilities);
        assertThat(actual.sums).as("sums of pieces").isEqualTo(expected.sums);
        assertThat(actual.weights).as("weights of pieces").isEqualTo(expected.weights);
        if (!actual.ends()) {
            assertThat(actual.state.toBytes(FINGERPRINT)).as("state").isEqualTo(expected.state.toBytes(FINGERPRINT));
        }
    }
}

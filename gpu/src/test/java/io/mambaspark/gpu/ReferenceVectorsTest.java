package io.mambaspark.gpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;

import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReferenceTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An OpenCL device says what Hugging Face's Mamba says, and what the built-in model said in float64 NumPy. */
@Tag("opencl")
class ReferenceVectorsTest {
    private static final double TOLERANCE = 1e-4;
    private static final int[] LENGTHS = {1, 5, 33, 200};
    private static final int LONGEST = 200;

    private static ReferenceTensors expected;
    private static MambaEngine engine;

    @BeforeAll
    static void open() throws IOException {
        Pocl.assume();
        expected = ReferenceTensors.read(Pocl.TINY + "expected.safetensors");
        engine = Pocl.engine(Pocl.tiny(), 512);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 65, LONGEST})
    void aTextReadInBlocksIsWhatHuggingFaceReads(int blockTokens) {
        for (int length : LENGTHS) {
            assertIsReference(length, document(length).read(engine, blockTokens));
        }
    }

    @Test
    void textsInOneBlockAreWhatHuggingFaceReads() {
        List<Transcript> documents = new ArrayList<>();
        for (int length : LENGTHS) {
            documents.add(document(length));
        }
        Transcript.readPacked(engine, documents, IntStream.of(LENGTHS).boxed().toList());
        for (int i = 0; i < LENGTHS.length; i++) {
            assertIsReference(LENGTHS[i], documents.get(i));
        }
    }

    @Test
    void theLogitsAreThoseOfHuggingFace() {
        for (int length : LENGTHS) {
            TokenBlock block = TokenBlock.of(expected.ints("input_ids." + length), new ReadingState(engine.config()));
            Wanted all = Wanted.logits(IntStream.range(0, length).toArray());
            String name = "logits." + length;
            assertClose(name, engine.read(block, all).logits(), expected.floats(name), TOLERANCE);
        }
    }

    @Test
    void theBuiltInModelReadsAPassageAsInFloat64() throws IOException {
        ReferenceTensors reference = ReferenceTensors.read("/io/mambaspark/model/reader/expected.safetensors");
        Checkpoint reader = Checkpoint.builtIn();
        int marker = reader.profile().docMarker().orElseThrow();
        int[] ids = IntStream.concat(IntStream.of(marker), IntStream.of(reference.ints("passage.ids")))
                .toArray();
        try (MambaEngine builtIn = Pocl.engine(reader, 512)) {
            Transcript read = new Transcript(builtIn, ids, 1).read(builtIn, 512);
            assertClose(
                    "marker, first, last",
                    read.hidden(0, 1, ids.length - 1),
                    reference.floats("passage.hidden_first_last"),
                    TOLERANCE);
            assertClose("gates", read.gates(1, 17), reference.floats("passage.gates_first16"), TOLERANCE);
        }
    }

    private static Transcript document(int length) {
        return new Transcript(engine, expected.ints("input_ids." + length), 10);
    }

    private static void assertIsReference(int length, Transcript read) {
        String name = "last_hidden." + length;
        assertClose(name, read.hidden, expected.floats(name), TOLERANCE);
    }
}

package io.mambaspark.engine.cpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.model.ReferenceTensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine says what Hugging Face's Mamba says, and what the built-in model said in float64 NumPy. */
class ReferenceModelTest {
    private static final String TINY = "/io/mambaspark/reference/mamba1-tiny/";
    private static final double TOLERANCE = 1e-4;
    private static final int[] LENGTHS = {1, 5, 33, 200};
    private static final int LONGEST = 200;

    private static Checkpoint tiny;
    private static ReferenceTensors expected;

    @BeforeAll
    static void open() throws IOException, URISyntaxException {
        tiny = tiny();
        expected = ReferenceTensors.read(TINY + "expected.safetensors");
    }

    static Checkpoint tiny() throws URISyntaxException {
        return Checkpoint.open(Path.of(ReferenceModelTest.class
                        .getResource(TINY + "config.json")
                        .toURI())
                .getParent());
    }

    static Stream<Kernels> kernels() {
        return Stream.of(new ScalarKernels(), KernelChoice.best().kernels());
    }

    static Stream<Arguments> kernelsAndBlocks() {
        return kernels().flatMap(k -> IntStream.of(1, 7, 64, LONGEST).mapToObj(b -> Arguments.of(k, b)));
    }

    static CpuEngine engine(Checkpoint checkpoint, Kernels kernels, int threads, int blockTokens) {
        return new CpuEngine(checkpoint, new EngineOptions("cpu", threads, blockTokens), new KernelChoice(kernels, ""));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndBlocks")
    void aTextReadInBlocksIsWhatHuggingFaceReads(Kernels kernels, int blockTokens) {
        try (CpuEngine engine = engine(tiny, kernels, 1, blockTokens)) {
            for (int length : LENGTHS) {
                assertIsReference(length, document(engine, length).read(engine, blockTokens));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void textsPackedInAnyOrderAreWhatHuggingFaceReads(Kernels kernels) {
        Random random = new Random(3);
        try (CpuEngine engine = engine(tiny, kernels, 1, 300)) {
            for (int repeat = 0; repeat < 5; repeat++) {
                List<Transcript> documents = new ArrayList<>();
                for (int length : LENGTHS) {
                    documents.add(document(engine, length));
                }
                List<Transcript> unread = new ArrayList<>(documents);
                while (!unread.isEmpty()) {
                    Collections.shuffle(unread, random);
                    Transcript.readPacked(engine, unread, someOfEach(unread, random));
                    unread.removeIf(document -> document.remaining() == 0);
                }
                for (int i = 0; i < LENGTHS.length; i++) {
                    assertIsReference(LENGTHS[i], documents.get(i));
                }
            }
        }
    }

    private static List<Integer> someOfEach(List<Transcript> documents, Random random) {
        return documents.stream()
                .map(document -> Math.min(document.remaining(), random.nextInt(60)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theLogitsAreThoseOfHuggingFace(Kernels kernels) {
        try (CpuEngine engine = engine(tiny, kernels, 1, LONGEST)) {
            for (int length : LENGTHS) {
                TokenBlock block =
                        TokenBlock.of(expected.ints("input_ids." + length), new ReadingState(engine.config()));
                Wanted all = Wanted.logits(IntStream.range(0, length).toArray());
                String name = "logits." + length;
                assertClose(name, engine.read(block, all).logits(), expected.floats(name), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theLogProbabilitiesAreTheLogSoftmaxOfHuggingFacesLogits(Kernels kernels) {
        int length = 200;
        int[] ids = expected.ints("input_ids." + length);
        int[] rows = IntStream.range(0, length - 1).toArray();
        int[] targets = Arrays.copyOfRange(ids, 1, length);
        try (CpuEngine engine = engine(tiny, kernels, 2, LONGEST)) {
            TokenBlock block = TokenBlock.of(ids, new ReadingState(engine.config()));
            float[] actual =
                    engine.read(block, Wanted.logProbabilities(rows, targets)).logProbabilities();
            float[] logits = expected.floats("logits." + length);
            assertClose("log-probabilities", actual, logSoftmax(logits, targets), TOLERANCE);
        }
    }

    private static float[] logSoftmax(float[] logits, int[] targets) {
        int vocabulary = tiny.config().vocabSize();
        float[] result = new float[targets.length];
        for (int row = 0; row < targets.length; row++) {
            double sum = 0;
            for (int token = 0; token < vocabulary; token++) {
                sum += Math.exp(logits[row * vocabulary + token]);
            }
            result[row] = (float) (logits[row * vocabulary + targets[row]] - Math.log(sum));
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theBuiltInModelReadsAPassageAsInFloat64(Kernels kernels) throws IOException {
        assertBuiltInReads("passage", kernels);
    }

    @Test
    void theBuiltInModelReadsAliceAsInFloat64() throws IOException {
        assertBuiltInReads("alice", KernelChoice.best().kernels());
    }

    private static void assertBuiltInReads(String text, Kernels kernels) throws IOException {
        ReferenceTensors reference = ReferenceTensors.read("/io/mambaspark/model/reader/expected.safetensors");
        Checkpoint reader = Checkpoint.builtIn();
        int marker = reader.profile().docMarker().orElseThrow();
        int[] ids = IntStream.concat(IntStream.of(marker), IntStream.of(reference.ints(text + ".ids")))
                .toArray();
        try (CpuEngine engine = engine(reader, kernels, 2, 512)) {
            Transcript read = new Transcript(engine, ids, 1).read(engine, 512);
            assertClose(
                    text + ": marker, first, last",
                    read.hidden(0, 1, ids.length - 1),
                    reference.floats(text + ".hidden_first_last"),
                    TOLERANCE);
            assertClose(text + ": gates", read.gates(1, 17), reference.floats(text + ".gates_first16"), TOLERANCE);
        }
    }

    private static Transcript document(CpuEngine engine, int length) {
        return new Transcript(engine, expected.ints("input_ids." + length), 10);
    }

    private static void assertIsReference(int length, Transcript read) {
        String name = "last_hidden." + length;
        assertClose(name, read.hidden, expected.floats(name), TOLERANCE);
        String scan = "ssm_state." + length;
        assertClose(scan, scanState(read.state), expected.floats(scan), TOLERANCE);
        String convolution = "conv_state." + length;
        assertClose(convolution, inputs(read.state), newest(expected.floats(convolution)), TOLERANCE);
    }

    /** {@code [layers, d_state, stride]} as Hugging Face has it: {@code [layers, 1, d_inner, d_state]}. */
    private static float[] scanState(ReadingState state) {
        return channelsFirst(state.ssm(), tiny.config().dState(), state.stride());
    }

    /** {@code [layers, d_conv - 1, stride]} as {@code [layers, d_inner, d_conv - 1]}. */
    private static float[] inputs(ReadingState state) {
        return channelsFirst(state.conv(), tiny.config().dConv() - 1, state.stride());
    }

    private static float[] channelsFirst(float[] rows, int size, int stride) {
        ModelConfig config = tiny.config();
        float[] result = new float[config.layers() * config.dInner() * size];
        int i = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int channel = 0; channel < config.dInner(); channel++) {
                for (int k = 0; k < size; k++) {
                    result[i++] = rows[(layer * size + k) * stride + channel];
                }
            }
        }
        return result;
    }

    /** Hugging Face keeps d_conv inputs; the oldest of them is not read again. */
    private static float[] newest(float[] inputs) {
        int dConv = tiny.config().dConv();
        float[] newest = new float[inputs.length / dConv * (dConv - 1)];
        for (int channel = 0; channel < inputs.length / dConv; channel++) {
            System.arraycopy(inputs, channel * dConv + 1, newest, channel * (dConv - 1), dConv - 1);
        }
        return newest;
    }
}

package io.mambaspark.gpu;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReferenceTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The device's results against Hugging Face's reference vectors and, on whole books, against the CPU engine. */
final class KitChecks {
    private static final double TOLERANCE = 1e-4;
    private static final double COSINE = 0.99999;

    private final GpuKit kit;
    private final Checkpoint reader;
    private boolean failed;

    KitChecks(GpuKit kit) {
        this.kit = kit;
        this.reader = kit.reader;
    }

    boolean allRight() throws IOException {
        referenceVectors();
        books();
        return !failed;
    }

    private void check(String what, double error) {
        boolean right = error <= TOLERANCE;
        failed |= !right;
        kit.say("%-58s relative error %.2e %s", what, error, right ? "ok" : "WRONG");
    }

    private void checkCosine(String what, double cosine) {
        boolean right = cosine >= COSINE;
        failed |= !right;
        kit.say("%-58s smallest cosine %.8f %s", what, cosine, right ? "ok" : "WRONG");
    }

    private void referenceVectors() throws IOException {
        kit.say("== reference vectors");
        ReferenceTensors tiny = ReferenceTensors.read(Pocl.TINY + "expected.safetensors");
        long start = System.nanoTime();
        try (MambaEngine engine = kit.engine(Pocl.tiny(), 512)) {
            for (int length : new int[] {1, 5, 33, 200}) {
                int[] ids = tiny.ints("input_ids." + length);
                Transcript read = new Transcript(engine, ids, 10).read(engine, 64);
                check(
                        "Hugging Face, hidden states of " + length + " tokens",
                        Vectors.relativeError(read.hidden, tiny.floats("last_hidden." + length)));
                Wanted all = Wanted.logits(IntStream.range(0, length).toArray());
                BlockReading said = engine.read(TokenBlock.of(ids, new ReadingState(engine.config())), all);
                check(
                        "Hugging Face, logits of " + length + " tokens",
                        Vectors.relativeError(said.logits(), tiny.floats("logits." + length)));
            }
        }
        kit.say("  (%.1f s with the build of the kernels)", (System.nanoTime() - start) / 1e9);
        ReferenceTensors expected = ReferenceTensors.read("/io/mambaspark/model/reader/expected.safetensors");
        int marker = reader.profile().docMarker().orElseThrow();
        try (MambaEngine engine = kit.engine(reader, 4096)) {
            for (String text : new String[] {"passage", "alice"}) {
                int[] ids = IntStream.concat(IntStream.of(marker), IntStream.of(expected.ints(text + ".ids")))
                        .toArray();
                Transcript read = new Transcript(engine, ids, 1).read(engine, 4096);
                check(
                        "built-in model, " + text + ": marker, first, last",
                        Vectors.relativeError(
                                read.hidden(0, 1, ids.length - 1), expected.floats(text + ".hidden_first_last")));
                check(
                        "built-in model, " + text + ": gates",
                        Vectors.relativeError(read.gates(1, 17), expected.floats(text + ".gates_first16")));
            }
        }
    }

    private void books() {
        kit.say("== whole books against the CPU engine");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        EngineOptions onCpu = new EngineOptions("cpu", threads, 1024);
        List<float[]> expected = new ArrayList<>();
        float[] scores;
        try (MambaEngine cpu = Engines.choose(onCpu).create(reader, onCpu)) {
            kit.say("CPU: %s, %d threads", cpu.description().kernels(), threads);
            for (int[] book : kit.books) {
                expected.add(vectors(cpu, book, 1024));
            }
            scores = scores(cpu);
        }
        for (int block : new int[] {997, kit.block(8192)}) {
            long start = System.nanoTime();
            try (MambaEngine gpu = kit.engine(reader, block)) {
                for (int i = 0; i < kit.books.size(); i++) {
                    float[] actual = vectors(gpu, kit.books.get(i), block);
                    String what = "book " + (i + 1) + ", " + kit.books.get(i).length + " tokens, blocks of " + block;
                    checkCosine(
                            what,
                            Vectors.smallestCosine(
                                    actual, expected.get(i), reader.config().dModel()));
                    check(what, Vectors.relativeError(actual, expected.get(i)));
                }
                check("log-probabilities, blocks of " + block, Vectors.relativeError(scores(gpu), scores));
            }
            kit.say("  (%.1f s)", (System.nanoTime() - start) / 1e9);
        }
    }

    /** Of each passage of {@link GpuKit#PIECE} tokens its mean Σ g h / Σ g. */
    private float[] vectors(MambaEngine engine, int[] tokens, int blockTokens) {
        int dModel = engine.config().dModel();
        ReadingState state = new ReadingState(engine.config());
        float[] vectors = new float[tokens.length / GpuKit.PIECE * dModel];
        int at = 0;
        for (int from = 0; from < tokens.length; from += blockTokens) {
            int to = Math.min(tokens.length, from + blockTokens);
            int first = from;
            int[] cuts = IntStream.rangeClosed(from + 1, to)
                    .filter(c -> c % GpuKit.PIECE == 0)
                    .map(c -> c - first)
                    .toArray();
            Segment segment = new Segment(0, to - from, state, cuts);
            BlockReading said =
                    engine.read(new TokenBlock(Arrays.copyOfRange(tokens, from, to), List.of(segment)), Wanted.PIECES);
            for (int piece = 0; piece < cuts.length; piece++) {
                for (int c = 0; c < dModel; c++) {
                    vectors[at++] = said.sums()[piece * dModel + c] / said.weights()[piece];
                }
            }
        }
        return vectors;
    }

    private float[] scores(MambaEngine engine) {
        int[] tokens = Arrays.copyOf(kit.books.get(0), Math.min(800, kit.books.get(0).length));
        Wanted next = Wanted.logProbabilities(
                IntStream.range(0, tokens.length - 1).toArray(), Arrays.copyOfRange(tokens, 1, tokens.length));
        return engine.read(TokenBlock.of(tokens, new ReadingState(engine.config())), next)
                .logProbabilities();
    }
}

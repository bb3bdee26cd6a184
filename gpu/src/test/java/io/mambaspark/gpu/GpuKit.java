package io.mambaspark.gpu;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineBench;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What is to be shown on a GPU machine: correctness, then speed. Arguments: the model's folder, the file of
 * {@link BookTokens}, and options such as {@code --device=opencl:pocl --seconds=3 --blocks=1024,8192}, or
 * {@code --tokens=2000} for the first tokens of the books only.
 */
final class GpuKit {
    private static final double TOLERANCE = 1e-4;
    private static final double COSINE = 0.99999;
    private static final int PIECE = 200;

    private final Checkpoint reader;
    private final List<int[]> books;
    private final String device;
    private final double seconds;
    private final int[] blocks;
    private final int streamSeconds;
    private boolean failed;

    private GpuKit(String[] arguments) throws IOException {
        reader = Checkpoint.open(Path.of(arguments[0]));
        int most = Integer.parseInt(option(arguments, "tokens", "1000000"));
        books = BookTokens.read(Path.of(arguments[1])).stream()
                .map(book -> Arrays.copyOf(book, Math.min(book.length, most)))
                .toList();
        device = option(arguments, "device", "gpu");
        seconds = Double.parseDouble(option(arguments, "seconds", "2"));
        blocks = Arrays.stream(option(arguments, "blocks", "512,1024,2048,4096,8192,16384,32768,65536")
                        .split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        streamSeconds = Integer.parseInt(option(arguments, "stream", "0"));
    }

    private static String option(String[] arguments, String name, String otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith("--" + name + "=")) {
                return argument.substring(name.length() + 3);
            }
        }
        return otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        GpuKit kit = new GpuKit(arguments);
        kit.say("== device");
        DeviceChoice choice = GpuEngineProvider.required(kit.options(1));
        kit.say(
                "%s: %s; %d compute units, %,d MB, %,d MB an allocation, %d KB local, heap %,d MB, driver %s",
                choice.name(),
                choice.reason(),
                choice.device().getMaxComputeUnits(),
                choice.device().getGlobalMemSize() >> 20,
                choice.device().getMaxMemAllocSize() >> 20,
                choice.device().getLocalMemSize() >> 10,
                Runtime.getRuntime().maxMemory() >> 20,
                choice.device().getOpenCLPlatform().getVersion());
        kit.referenceVectors();
        kit.books();
        kit.rates(choice);
        kit.say(kit.failed ? "== FAILED" : "== all correct");
        System.exit(kit.failed ? 1 : 0);
    }

    private EngineOptions options(int blockTokens) {
        return new EngineOptions(device, 1, blockTokens);
    }

    private MambaEngine engine(Checkpoint checkpoint, int blockTokens) {
        return new GpuEngineProvider().create(checkpoint, options(blockTokens));
    }

    private void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private void check(String what, double error) {
        boolean right = error <= TOLERANCE;
        failed |= !right;
        say("%-58s relative error %.2e %s", what, error, right ? "ok" : "WRONG");
    }

    private void checkCosine(String what, double cosine) {
        boolean right = cosine >= COSINE;
        failed |= !right;
        say("%-58s smallest cosine %.8f %s", what, cosine, right ? "ok" : "WRONG");
    }

    private void referenceVectors() throws IOException {
        say("== reference vectors");
        ReferenceTensors tiny = ReferenceTensors.read(Pocl.TINY + "expected.safetensors");
        long start = System.nanoTime();
        try (MambaEngine engine = engine(Pocl.tiny(), 512)) {
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
        say("  (%.1f s with the build of the kernels)", (System.nanoTime() - start) / 1e9);
        ReferenceTensors expected = ReferenceTensors.read("/io/mambaspark/model/reader/expected.safetensors");
        int marker = reader.profile().docMarker().orElseThrow();
        try (MambaEngine engine = engine(reader, 4096)) {
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
        say("== whole books against the CPU engine");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        EngineOptions onCpu = new EngineOptions("cpu", threads, 1024);
        List<float[]> expected = new ArrayList<>();
        float[] scores;
        try (MambaEngine cpu = Engines.choose(onCpu).create(reader, onCpu)) {
            say("CPU: %s, %d threads", cpu.description().kernels(), threads);
            for (int[] book : books) {
                expected.add(vectors(cpu, book, 1024));
            }
            scores = scores(cpu);
        }
        for (int block : new int[] {997, Math.min(8192, blocks[blocks.length - 1])}) {
            long start = System.nanoTime();
            try (MambaEngine gpu = engine(reader, block)) {
                for (int i = 0; i < books.size(); i++) {
                    float[] actual = vectors(gpu, books.get(i), block);
                    String what = "book " + (i + 1) + ", " + books.get(i).length + " tokens, blocks of " + block;
                    checkCosine(
                            what,
                            Vectors.smallestCosine(
                                    actual, expected.get(i), reader.config().dModel()));
                    check(what, Vectors.relativeError(actual, expected.get(i)));
                }
                check("log-probabilities, blocks of " + block, Vectors.relativeError(scores(gpu), scores));
            }
            say("  (%.1f s)", (System.nanoTime() - start) / 1e9);
        }
    }

    /** Of each passage of {@link #PIECE} tokens its mean Σ g h / Σ g. */
    private float[] vectors(MambaEngine engine, int[] tokens, int blockTokens) {
        int dModel = engine.config().dModel();
        ReadingState state = new ReadingState(engine.config());
        float[] vectors = new float[tokens.length / PIECE * dModel];
        int at = 0;
        for (int from = 0; from < tokens.length; from += blockTokens) {
            int to = Math.min(tokens.length, from + blockTokens);
            int first = from;
            int[] cuts = IntStream.rangeClosed(from + 1, to)
                    .filter(c -> c % PIECE == 0)
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
        int[] tokens = Arrays.copyOf(books.get(0), Math.min(800, books.get(0).length));
        Wanted next = Wanted.logProbabilities(
                IntStream.range(0, tokens.length - 1).toArray(), Arrays.copyOfRange(tokens, 1, tokens.length));
        return engine.read(TokenBlock.of(tokens, new ReadingState(engine.config())), next)
                .logProbabilities();
    }

    private void rates(DeviceChoice choice) throws Exception {
        say("== matrix product, TFLOP/s");
        int rows = Math.min(8192, blocks[blocks.length - 1]);
        for (int[] shape : new int[][] {{384, 1536}, {768, 384}, {16, 768}, {4096, 4096}}) {
            if (shape[0] == 4096 && rows < 8192) {
                continue;
            }
            say(
                    "%d x %d x %d: tiles of 128 %.2f, of 64 %.2f",
                    rows,
                    shape[1],
                    shape[0],
                    MatrixRate.measure(choice, Step.WIDE_PRODUCT, rows, shape[0], shape[1]) / 1e3,
                    MatrixRate.measure(choice, Step.NARROW_PRODUCT, rows, shape[0], shape[1]) / 1e3);
        }
        say(
                "%d x 64 x 768: tiles of 64 %.2f",
                rows, MatrixRate.measure(choice, Step.NARROW_PRODUCT, rows, 768, 64) / 1e3);
        say("== scan alone, 16 states");
        for (int[] shape : new int[][] {{768, rows}, {1536, rows >= 8192 ? 65536 : rows}}) {
            for (int chunk : new int[] {ScanKernel.SHORTEST_CHUNK, ScanKernel.LONGEST_CHUNK}) {
                double millis = ScanRate.millis(choice, shape[0], shape[1], chunk);
                double bytes = 4.0 * shape[0] * shape[1] * 4;
                say(
                        "D=%d L=%d, chunks of %d: %.3f ms, %.0f GB/s of u, delta, z, y read or written once",
                        shape[0], shape[1], chunk, millis, bytes / millis / 1e6);
            }
        }
        trial();
        say("== reading, tokens/s: one document, short rows, four callers");
        for (int block : blocks) {
            try (MambaEngine engine = engine(reader, block)) {
                say(
                        "blocks of %6d: %,10.0f  %,10.0f  %,10.0f",
                        block, documents(engine, block), shortRows(engine, block), callers(engine, block));
            } catch (GpuException e) {
                say("blocks of %d: %s", block, e.getMessage());
            }
        }
        int largest = blocks[blocks.length - 1];
        IntStream.of(Math.min(8192, largest), largest).distinct().forEach(this::profile);
        stream();
        cpu();
    }

    private void trial() {
        long start = System.nanoTime();
        engine(reader, blocks[blocks.length - 1]).close();
        say("== wide tiles from these many rows on, known after %.2f s", (System.nanoTime() - start) / 1e9);
        TileTrial.known().forEach((shape, rows) -> say("%s: %d", shape, rows));
    }

    private interface Round {
        long read();
    }

    private double rate(Round round) {
        round.read();
        round.read();
        long start = System.nanoTime();
        long tokens = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            tokens += round.read();
        }
        return tokens * 1e9 / (System.nanoTime() - start);
    }

    private int[] tokens(int count, int from) {
        int[] book = books.get(0);
        return IntStream.range(from, from + count)
                .map(i -> book[i % book.length])
                .toArray();
    }

    /** A book that goes on and on, with a piece every {@link #PIECE} tokens. */
    private double documents(MambaEngine engine, int block) {
        ReadingState state = new ReadingState(engine.config());
        int[] tokens = tokens(block, 0);
        int[] cuts = IntStream.rangeClosed(1, block).filter(c -> c % PIECE == 0).toArray();
        return rate(() -> {
            engine.read(new TokenBlock(tokens, List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
            return block;
        });
    }

    /** Rows of 20 to 100 tokens, each a document of one piece. */
    private double shortRows(MambaEngine engine, int block) {
        int[] tokens = tokens(block, 0);
        return rate(() -> {
            List<Segment> rows = new ArrayList<>();
            for (int from = 0; from < block; ) {
                int length = Math.min(block - from, 20 + rows.size() * 37 % 81);
                rows.add(new Segment(from, length, new ReadingState(engine.config()), new int[] {length}, true));
                from += length;
            }
            engine.read(new TokenBlock(tokens, rows), Wanted.PIECES);
            return block;
        });
    }

    /** Four threads, each with a document of its own. */
    private double callers(MambaEngine engine, int block) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rates.add(threads.submit(() -> documents(engine, block)));
            }
            double sum = 0;
            for (Future<Double> one : rates) {
                sum += one.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private void profile(int block) {
        say("== steps of blocks of %d, each run alone and waited for", block);
        StepTimes[] opened = new StepTimes[1];
        GpuEngineProvider.Opener opener = (choice, weights, space) -> {
            opened[0] = new StepTimes(choice, weights, space);
            return opened[0];
        };
        try (MambaEngine engine = GpuEngineProvider.create(reader, options(block), opener)) {
            ReadingState state = new ReadingState(engine.config());
            int[] cuts =
                    IntStream.rangeClosed(1, block).filter(c -> c % PIECE == 0).toArray();
            for (int i = 0; i < 6; i++) {
                if (i == 2) {
                    opened[0].clear();
                }
                engine.read(
                        new TokenBlock(tokens(block, 0), List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
            }
            opened[0].print();
        }
    }

    /** One document for as long as asked: memory must stay where it is. */
    private void stream() {
        if (streamSeconds == 0) {
            return;
        }
        int block = blocks[blocks.length - 1];
        say("== one document for %d s in blocks of %d", streamSeconds, block);
        try (MambaEngine engine = engine(reader, block)) {
            ReadingState state = new ReadingState(engine.config());
            int[] cuts =
                    IntStream.rangeClosed(1, block).filter(c -> c % PIECE == 0).toArray();
            int[] tokens = tokens(block, 0);
            long start = System.nanoTime();
            long next = 0;
            while (System.nanoTime() - start < streamSeconds * 1_000_000_000L) {
                engine.read(new TokenBlock(tokens, List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
                if (System.nanoTime() - start >= next) {
                    next += streamSeconds * 100_000_000L;
                    System.gc();
                    Runtime runtime = Runtime.getRuntime();
                    say(
                            "%,d tokens, %.1f s, heap in use %,d MB",
                            state.tokens(),
                            (System.nanoTime() - start) / 1e9,
                            runtime.totalMemory() - runtime.freeMemory() >> 20);
                }
            }
        }
    }

    private void cpu() {
        say("== the CPU engine of the same run");
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : new int[] {1, processors}) {
            Duration duration = Duration.ofMillis((long) (seconds * 1000));
            EngineBench.Rate rate = EngineBench.measure(reader, new EngineOptions("cpu", threads, 512), duration);
            say("%d threads: %,.0f tokens/s", threads, rate.tokensPerSecond());
        }
    }
}

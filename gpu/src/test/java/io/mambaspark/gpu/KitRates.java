package io.mambaspark.gpu;

import io.mambaspark.engine.EngineBench;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** How fast the device reads, what its steps take, and what bounds them. */
final class KitRates {
    private final GpuKit kit;
    private final Checkpoint reader;
    private final DeviceChoice choice;

    KitRates(GpuKit kit, DeviceChoice choice) {
        this.kit = kit;
        this.reader = kit.reader;
        this.choice = choice;
    }

    void show() throws Exception {
        kit.say("== matrix product, TFLOP/s");
        int rows = kit.block(8192);
        for (int[] shape : new int[][] {{384, 1536}, {768, 384}, {16, 768}, {4096, 4096}}) {
            if (shape[0] == 4096 && rows < 8192) {
                continue;
            }
            kit.say(
                    "%d x %d x %d: tiles of 128 %.2f, of 64 %.2f",
                    rows,
                    shape[1],
                    shape[0],
                    MatrixRate.measure(choice, Step.WIDE_PRODUCT, rows, shape[0], shape[1]) / 1e3,
                    MatrixRate.measure(choice, Step.NARROW_PRODUCT, rows, shape[0], shape[1]) / 1e3);
        }
        kit.say(
                "%d x 64 x 768: tiles of 64 %.2f",
                rows, MatrixRate.measure(choice, Step.NARROW_PRODUCT, rows, 768, 64) / 1e3);
        kit.say("== a copy in the device's memory: %.0f GB/s read and written", CopyRate.measure(choice));
        kit.say("== scan alone, 16 states");
        scan(768, rows, 1);
        scan(1536, rows >= 8192 ? 65536 : rows, 1);
        scan(1536, rows >= 8192 ? 65536 : rows, 4);
        trial();
        kit.say("== reading, tokens/s: one document, short rows, four callers");
        for (int block : kit.blocks) {
            try (MambaEngine engine = kit.engine(reader, block)) {
                kit.say(
                        "blocks of %6d: %,10.0f  %,10.0f  %,10.0f",
                        block, documents(engine, block), shortRows(engine, block), callers(engine, block));
            } catch (GpuException e) {
                kit.say("blocks of %d: %s", block, e.getMessage());
            }
        }
        int largest = kit.block(Integer.MAX_VALUE);
        IntStream.of(kit.block(8192), largest).distinct().forEach(this::profile);
        stream();
        cpu();
    }

    private void scan(int dInner, int rows, int blocks) {
        for (int chunk : new int[] {ScanKernel.SHORTEST_CHUNK, ScanKernel.LONGEST_CHUNK}) {
            double millis = ScanRate.millis(choice, dInner, rows, blocks, chunk);
            double bytes = 4.0 * Float.BYTES * dInner * rows * blocks;
            kit.say(
                    "D=%d L=%d in %d blocks, chunks of %d: %.3f ms, %.0f GB/s of u, delta, z, y read or written once",
                    dInner, rows * blocks, blocks, chunk, millis, bytes / millis / 1e6);
        }
    }

    private void trial() {
        long start = System.nanoTime();
        kit.engine(reader, kit.block(Integer.MAX_VALUE)).close();
        kit.say("== wide tiles from these many rows on, known after %.2f s", (System.nanoTime() - start) / 1e9);
        TileTrial.known().forEach((shape, rows) -> kit.say("%s: %d", shape, rows));
    }

    private interface Round {
        long read();
    }

    private double rate(Round round) {
        round.read();
        round.read();
        long start = System.nanoTime();
        long tokens = 0;
        while (System.nanoTime() - start < kit.seconds * 1e9) {
            tokens += round.read();
        }
        return tokens * 1e9 / (System.nanoTime() - start);
    }

    private int[] tokens(int count) {
        int[] book = kit.books.get(0);
        return IntStream.range(0, count).map(i -> book[i % book.length]).toArray();
    }

    private static int[] cuts(int block) {
        return IntStream.rangeClosed(1, block)
                .filter(c -> c % GpuKit.PIECE == 0)
                .toArray();
    }

    /** A book that goes on and on, with a piece every {@link GpuKit#PIECE} tokens. */
    private double documents(MambaEngine engine, int block) {
        ReadingState state = new ReadingState(engine.config());
        int[] tokens = tokens(block);
        int[] cuts = cuts(block);
        return rate(() -> {
            engine.read(new TokenBlock(tokens, List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
            return block;
        });
    }

    /** Rows of 20 to 100 tokens, each a document of one piece. */
    private double shortRows(MambaEngine engine, int block) {
        int[] tokens = tokens(block);
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
        kit.say("== steps of blocks of %d, each run alone and waited for", block);
        StepTimes[] opened = new StepTimes[1];
        GpuEngineProvider.Opener opener = (choice, weights, space) -> {
            opened[0] = new StepTimes(choice, weights, space);
            return opened[0];
        };
        try (MambaEngine engine = GpuEngineProvider.create(reader, kit.options(block), opener)) {
            ReadingState state = new ReadingState(engine.config());
            int[] cuts = cuts(block);
            for (int i = 0; i < 6; i++) {
                if (i == 2) {
                    opened[0].clear();
                }
                engine.read(new TokenBlock(tokens(block), List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
            }
            opened[0].print();
        }
    }

    /** One document for as long as asked: memory must stay where it is. */
    private void stream() {
        if (kit.streamSeconds == 0) {
            return;
        }
        int block = kit.block(Integer.MAX_VALUE);
        kit.say("== one document for %d s in blocks of %d", kit.streamSeconds, block);
        try (MambaEngine engine = kit.engine(reader, block)) {
            ReadingState state = new ReadingState(engine.config());
            int[] cuts = cuts(block);
            int[] tokens = tokens(block);
            long start = System.nanoTime();
            long next = 0;
            while (System.nanoTime() - start < kit.streamSeconds * 1_000_000_000L) {
                engine.read(new TokenBlock(tokens, List.of(new Segment(0, block, state, cuts))), Wanted.PIECES);
                if (System.nanoTime() - start >= next) {
                    next += kit.streamSeconds * 100_000_000L;
                    System.gc();
                    Runtime runtime = Runtime.getRuntime();
                    kit.say(
                            "%,d tokens, %.1f s, heap in use %,d MB",
                            state.tokens(),
                            (System.nanoTime() - start) / 1e9,
                            runtime.totalMemory() - runtime.freeMemory() >> 20);
                }
            }
        }
    }

    private void cpu() {
        kit.say("== the CPU engine of the same run");
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : new int[] {1, processors}) {
            Duration duration = Duration.ofMillis((long) (kit.seconds * 1000));
            EngineBench.Rate rate = EngineBench.measure(reader, new EngineOptions("cpu", threads, 512), duration);
            kit.say("%d threads: %,.0f tokens/s", threads, rate.tokensPerSecond());
        }
    }
}

package io.mambaspark.engine;

import io.mambaspark.error.MambaError;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A device that is the CPU in disguise, and fails when a test wants it to. */
final class FailingProvider implements EngineProvider {
    /** Its blocks are so many times those of the CPU, as those of a GPU are. */
    static final int LARGER = 3;

    private final int blocksThatWork;
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** A device that reads so many blocks and fails in the next; with -1 it cannot even be opened. */
    FailingProvider(int blocksThatWork) {
        this.blocksThatWork = blocksThatWork;
    }

    private static final class Failure extends DeviceException {
        private static final long serialVersionUID = 1L;

        Failure(String condition, String cause) {
            super(MambaError.of(condition, Map.of("device", "cardboard", "cause", cause)), null);
        }
    }

    @Override
    public String device() {
        return "gpu";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Availability availability(EngineOptions options) {
        return new Availability(true, "a card of cardboard");
    }

    @Override
    public EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
        return Engines.choose("cpu").memory(checkpoint, options.withDevice("cpu"));
    }

    @Override
    public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        created.incrementAndGet();
        if (blocksThatWork < 0) {
            throw new Failure("MAMBA_GPU_BUILD", "no kernels");
        }
        int blockTokens = LARGER * options.blockTokens();
        MambaEngine cpu = Engines.choose("cpu")
                .create(checkpoint, options.withDevice("cpu").withBlockTokens(blockTokens));
        AtomicInteger blocks = new AtomicInteger();
        return new MambaEngine() {
            @Override
            public ModelConfig config() {
                return cpu.config();
            }

            @Override
            public int blockTokens() {
                return blockTokens;
            }

            @Override
            public EngineDescription description() {
                return new EngineDescription("cardboard", "paper", "it was there", 0, 0);
            }

            @Override
            public BlockReading read(TokenBlock block, Wanted wanted) {
                if (blocks.getAndIncrement() < blocksThatWork) {
                    return cpu.read(block, wanted);
                }
                for (TokenBlock.Segment segment : block.segments()) {
                    spoil(segment.state());
                }
                throw new Failure("MAMBA_GPU_LOST", "it tore");
            }

            @Override
            public void close() {
                // Not the CPU in disguise: a block may still be on its way through it.
                closed.incrementAndGet();
            }
        };
    }

    /** What a device leaves that fails half way. */
    private static void spoil(ReadingState state) {
        Arrays.fill(state.conv(), Float.NaN);
        Arrays.fill(state.ssm(), Float.NaN);
        Arrays.fill(state.pieceSum(), Float.NaN);
        state.pieceWeight(Float.NaN);
        state.advance(7);
    }

    @Override
    public double matrixGflops(EngineOptions options) {
        throw new UnsupportedOperationException();
    }
}

package io.mambaspark.sql;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineMemory;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import java.util.Arrays;

/**
 * An engine that does not run the model: a piece's sum is drawn from its tokens, near one direction as those of the model are.
 * All else (tokens, sentences, vectors, files) is as with the model, so that sizes can be tried that would take days. Only for
 * who names it: {@code spark.mamba.device=stub}.
 */
public final class StubEngineProvider implements EngineProvider {
    /** The name of the device. */
    public static final String STUB = "stub";

    static final int WEIGHT_BYTES = 1000;

    @Override
    public String device() {
        return STUB;
    }

    /** Above all others, so that {@code auto} finds none to fall back to behind the one that it takes. */
    @Override
    public int rank() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Availability availability(EngineOptions options) {
        return new Availability(serves(options.device()), "it reads nothing, for tests");
    }

    @Override
    public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        return new StubEngine(checkpoint.config(), options.blockTokensOr(512));
    }

    @Override
    public EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
        return new EngineMemory(WEIGHT_BYTES, 0);
    }

    @Override
    public double matrixGflops(EngineOptions options) {
        throw new UnsupportedOperationException();
    }

    private record StubEngine(ModelConfig config, int blockTokens) implements MambaEngine {
        @Override
        public EngineDescription description() {
            return new EngineDescription(STUB, "none", "it was named", WEIGHT_BYTES, 0);
        }

        @Override
        public BlockReading read(TokenBlock block, Wanted wanted) {
            int width = config.dModel();
            float[] sums = new float[block.cuts() * width];
            float[] weights = new float[block.cuts()];
            Arrays.fill(weights, 1);
            int piece = 0;
            for (Segment segment : block.segments()) {
                int from = 0;
                for (int cut : segment.cuts()) {
                    long seed = 1;
                    for (int i = from; i < cut; i++) {
                        seed = 31 * seed + block.tokens()[segment.start() + i];
                    }
                    draw(seed, sums, piece * width, width);
                    piece++;
                    from = cut;
                }
            }
            return new BlockReading(sums, weights, new float[0], new float[0], new float[0]);
        }

        /** Numbers of [-1, 1) by the generator of Knuth's MMIX, around 0.5 and -0.5 in turn. */
        private static void draw(long seed, float[] sums, int at, int width) {
            long state = seed;
            for (int k = 0; k < width; k++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                sums[at + k] = (state >> 32) / (float) (1L << 31) + (k % 2 == 0 ? 0.5f : -0.5f);
            }
        }

        @Override
        public void close() {}
    }
}

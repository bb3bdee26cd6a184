package io.mambaspark.engine;

import io.mambaspark.model.ModelConfig;

/** An engine of which calls take smaller blocks than it could read. Closing it leaves that engine open. */
public final class BlockLimit implements MambaEngine {
    private final MambaEngine engine;
    private final int most;

    /**
     * A limit for calls of {@code engine}.
     *
     * @param most tokens of a call
     */
    public BlockLimit(MambaEngine engine, int most) {
        this.engine = engine;
        this.most = most;
    }

    @Override
    public ModelConfig config() {
        return engine.config();
    }

    @Override
    public int blockTokens() {
        return Math.min(most, engine.blockTokens());
    }

    /** As of the engine, whose workspace it uses: it has none of its own. */
    @Override
    public EngineDescription description() {
        EngineDescription of = engine.description();
        return new EngineDescription(of.device(), of.kernels(), of.reason(), of.weightBytes(), 0, of.fellBack());
    }

    @Override
    public BlockReading read(TokenBlock block, Wanted wanted) {
        return engine.read(block, wanted);
    }

    @Override
    public void close() {}
}

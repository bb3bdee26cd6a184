package io.mambaspark.engine;

import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.model.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads on a device until that fails, and from then on elsewhere: what {@code auto} promises. The block that failed is
 * read again, so that nobody notices but for the time.
 *
 * <p>The device gets copies of the states, which replace them when it answers. So a device that fails half way, or writes
 * after it has been given up, harms nothing.
 */
final class FallbackEngine implements MambaEngine {
    private final Supplier<MambaEngine> elsewhere;
    private final Consumer<DeviceException> onFailure;
    private volatile Reader reader;
    private boolean closed;

    /**
     * Who reads now.
     *
     * @param failed whether the device has failed, so that this is not it
     */
    private record Reader(MambaEngine engine, EngineDescription description, boolean failed) {}

    /**
     * Loads the device, or what reads instead.
     *
     * @param device    loads the engine that reads first
     * @param elsewhere loads the engine that reads when the first has failed
     * @param onFailure hears of the failure
     */
    FallbackEngine(Supplier<MambaEngine> device, Supplier<MambaEngine> elsewhere, Consumer<DeviceException> onFailure) {
        this.elsewhere = elsewhere;
        this.onFailure = onFailure;
        this.reader = first(device);
    }

    private Reader first(Supplier<MambaEngine> device) {
        try {
            MambaEngine engine = device.get();
            return new Reader(engine, engine.description(), false);
        } catch (DeviceException e) {
            return after(e);
        }
    }

    private Reader after(DeviceException failure) {
        onFailure.accept(failure);
        MambaEngine engine = elsewhere.get();
        return new Reader(engine, engine.description().after(failure), true);
    }

    @Override
    public ModelConfig config() {
        return reader.engine().config();
    }

    @Override
    public int blockTokens() {
        return reader.engine().blockTokens();
    }

    @Override
    public EngineDescription description() {
        return reader.description();
    }

    @Override
    public BlockReading read(TokenBlock block, Wanted wanted) {
        Reader now = reader;
        if (now.failed()) {
            return BlockParts.read(now.engine(), block, wanted);
        }
        TokenBlock tried = withCopiedStates(block);
        BlockReading reading;
        try {
            reading = now.engine().read(tried, wanted);
        } catch (DeviceException e) {
            return BlockParts.read(fallBack(e), block, wanted);
        }
        for (int i = 0; i < tried.segments().size(); i++) {
            block.segments().get(i).state().become(tried.segments().get(i).state());
        }
        return reading;
    }

    /** Whoever reads now or later takes blocks of any size: the limit is for the device's. */
    @Override
    public Optional<MambaEngine> sharing(EngineOptions options) {
        Reader now = reader;
        if (now.failed()) {
            return Optional.of(
                    new BlockLimit(this, options.blockTokensOr(now.engine().blockTokens())));
        }
        return now.engine().sharing(options).map(shared -> new BlockLimit(this, shared.blockTokens()));
    }

    @Override
    public long heldWorkspaceBytes() {
        return reader.engine().heldWorkspaceBytes();
    }

    private static TokenBlock withCopiedStates(TokenBlock block) {
        List<Segment> segments = block.segments().stream()
                .map(segment -> new Segment(
                        segment.start(), segment.length(), segment.state().copy(), segment.cuts(), segment.last()))
                .toList();
        return new TokenBlock(block.tokens(), segments);
    }

    private synchronized MambaEngine fallBack(DeviceException failure) {
        if (closed) {
            throw failure;
        }
        if (!reader.failed()) {
            MambaEngine device = reader.engine();
            reader = after(failure);
            // Calls that wait there are told, and come here.
            device.close();
        }
        return reader.engine();
    }

    @Override
    public synchronized void close() {
        closed = true;
        reader.engine().close();
    }
}

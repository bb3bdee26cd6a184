package io.mambaspark.engine;

import io.mambaspark.model.ModelConfig;
import java.util.Optional;

/**
 * A Mamba model on one device: reads packed blocks of tokens through all layers.
 *
 * <p>An engine is thread-safe; calls from several threads may run at the same time or wait for each other, but never
 * change each other's results. On one engine a token's result does not depend on its place: on the CPU packing, block
 * size and threads change no bit of it, on another device nothing but the rounding.
 */
public interface MambaEngine extends AutoCloseable {
    /** The sizes of the model that this engine holds. */
    ModelConfig config();

    /** The tokens that a call should have at most: fewer leave the engine idle. May change when a device fails. */
    int blockTokens();

    /** Where and how this engine reads, for operators. */
    EngineDescription description();

    /**
     * Runs the block through all layers and advances the state of each of its segments, the open piece included.
     *
     * <p>If this method throws, the states of the block's segments are undefined: their readings have failed.
     *
     * @param block  tokens of one or several documents
     * @param wanted what to return besides the sums of pieces
     * @return one sum for each cut of the block, segment by segment
     * @throws IllegalArgumentException if a token is not of the vocabulary or a state is not of this model's sizes
     */
    BlockReading read(TokenBlock block, Wanted wanted);

    /**
     * An engine over the same weights with the blocks and threads of {@code options}; device and settings are this one's.
     * It takes memory when it reads. Each of them is closed for itself, this one last.
     *
     * @return empty if this engine cannot read so: the weights must be loaded once more
     */
    default Optional<MambaEngine> sharing(EngineOptions options) {
        return Optional.empty();
    }

    /** Memory of all workspaces that this engine holds at the moment, beside its weights. */
    default long heldWorkspaceBytes() {
        return description().workspaceBytes();
    }

    /** Gives the weights and workspaces back; reading afterwards is an error. */
    @Override
    void close();
}

package io.mambaspark.reading;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.model.ReaderHeads;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.Tokenizer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A model that is ready to read: its weights in an engine, its tokenizer, its heads. Loaded once and shared by all
 * threads.
 *
 * <pre>{@code
 * MambaModel model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults());
 * float[] vector = model.queryVector("Who is the White Rabbit?");
 * }</pre>
 */
public final class MambaModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final MambaEngine engine;
    private final int blockTokens;
    private final Tokenizer tokenizer;
    private final EmbeddingHead head;

    private MambaModel(Checkpoint checkpoint, EngineOptions options) {
        this.checkpoint = checkpoint;
        this.tokenizer = checkpoint.tokenizer();
        this.engine = Engines.choose(options).create(checkpoint, options);
        this.blockTokens = options.blockTokens();
        this.head = new EmbeddingHead(checkpoint.config().dModel(), checkpoint.heads());
    }

    /** Loads the weights into the engine that the options ask for. */
    public static MambaModel load(Checkpoint checkpoint, EngineOptions options) {
        return new MambaModel(checkpoint, options);
    }

    /** The checkpoint's fingerprint: 64 hexadecimal digits. */
    public String fingerprint() {
        return checkpoint.fingerprint();
    }

    /** The checkpoint's name. */
    public String name() {
        return checkpoint.name();
    }

    /** Where and how the model is read. */
    public EngineDescription engine() {
        return engine.description();
    }

    /** The model's sizes. */
    public ModelConfig config() {
        return checkpoint.config();
    }

    /** The model's tokenizer. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** How the model wants text to be read. */
    public ReaderProfile profile() {
        return checkpoint.profile();
    }

    /** The heads for embeddings and salience, if the model has them. */
    public Optional<ReaderHeads> heads() {
        return checkpoint.heads();
    }

    /** The length of a vector. */
    public int dimension() {
        return head.dimension();
    }

    /**
     * The vector of a query, unit length.
     *
     * @throws IllegalArgumentException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public float[] queryVector(String query) {
        Reading<float[]> reading = new QueryReading("query", query, tokenizer, profile(), head);
        Outcome<float[]> outcome = read(List.of(reading).iterator()).next();
        if (outcome.error() != null) {
            throw new IllegalStateException(outcome.error());
        }
        return outcome.value();
    }

    /** Reads lazily, packing short texts together; the outcomes of one reading come one behind the other. */
    public <R> Iterator<Outcome<R>> read(Iterator<? extends Reading<R>> readings) {
        return new DocumentReader<>(this, readings);
    }

    EmbeddingHead head() {
        return head;
    }

    int blockTokens() {
        return blockTokens;
    }

    BlockReading read(TokenBlock block, Wanted wanted) {
        return engine.read(block, wanted);
    }

    @Override
    public void close() {
        engine.close();
    }
}

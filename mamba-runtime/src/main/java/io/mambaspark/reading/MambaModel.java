package io.mambaspark.reading;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.model.ReaderHeads;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.Tokenizer;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

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
    private final Tokenizer tokenizer;
    private final EmbeddingHead head;
    private final Path scratch;
    private final AtomicReference<ModelListener> listener;
    /** Whether another one closes the engine. */
    private final boolean lent;

    private MambaModel(Checkpoint checkpoint, EngineOptions options, Path scratch) {
        this.checkpoint = checkpoint;
        this.scratch = scratch;
        this.tokenizer = checkpoint.tokenizer();
        this.engine = Engines.create(checkpoint, options);
        this.head = new EmbeddingHead(checkpoint.config().dModel(), checkpoint.heads());
        this.listener = new AtomicReference<>(ModelListener.NONE);
        this.lent = false;
    }

    private MambaModel(MambaModel of, MambaEngine engine, boolean lent) {
        this.checkpoint = of.checkpoint;
        this.scratch = of.scratch;
        this.tokenizer = of.tokenizer;
        this.engine = engine;
        this.head = of.head;
        this.listener = of.listener;
        this.lent = lent;
    }

    /** Loads the weights into the engine that the options ask for; scratch files go to {@code java.io.tmpdir}. */
    public static MambaModel load(Checkpoint checkpoint, EngineOptions options) {
        return load(checkpoint, options, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Loads the weights into the engine that the options ask for.
     *
     * @param scratch the folder for what does not fit the heap while a long document is read
     */
    public static MambaModel load(Checkpoint checkpoint, EngineOptions options, Path scratch) {
        return new MambaModel(checkpoint, options, scratch);
    }

    /**
     * The same weights with other blocks and threads, see {@link MambaEngine#sharing}; its listener is this one's.
     *
     * @return empty if the weights must be loaded once more for that
     */
    public Optional<MambaModel> sharing(EngineOptions options) {
        return engine.sharing(options).map(shared -> new MambaModel(this, shared, false));
    }

    /** The memory of the weights, which models that share them have together. */
    public long weightBytes() {
        return engine.description().weightBytes();
    }

    /** The memory that this model holds at the moment beside its weights. */
    public long heldWorkspaceBytes() {
        return engine.heldWorkspaceBytes();
    }

    /** This model for one of its users, as an object of its own: closing it releases nothing. */
    public MambaModel lent() {
        return new MambaModel(this, engine, true);
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

    /** The folder for what does not fit the heap while a long document is read. */
    public Path scratch() {
        return scratch;
    }

    /**
     * Reads a query.
     *
     * @throws MambaException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public Query query(String text) {
        QueryReading<Query> reading = new QueryReading<>(this, Document.of("query", text), query -> query);
        reading.prepare();
        Outcome<Query> outcome = read(List.of(reading).iterator()).next();
        if (outcome.error() != null) {
            throw new MambaException(outcome.error(), null);
        }
        return outcome.value();
    }

    /** The vector of a query, unit length; see {@link #query}. */
    public float[] queryVector(String text) {
        return query(text).vector();
    }

    /** Reads queries, packing them together: one outcome each. */
    public Outcomes<Query> queries(Iterator<Document> queries) {
        return read(Iterators.map(queries, document -> new QueryReading<Query>(this, document, query -> query)));
    }

    /** A query among documents: puts out a list of one {@link Query}, as a {@link DocumentReading} with one sink does. */
    public Reading<List<Outcome<?>>> queryReading(String id, String text) {
        return new QueryReading<>(this, Document.of(id, text), query -> List.of(new Outcome<>(id, query, null)));
    }

    /** Reads documents for one sink each: one outcome a document. */
    public <R> Outcomes<R> read(Iterator<Document> documents, Function<Document, ? extends Sink<R>> sinks) {
        return only(document -> new DocumentReading(this, document, List.of(sinks.apply(document))), documents);
    }

    /** Reads each document once for several sinks: one list of outcomes per document, in the order of {@code sinks}. */
    public Outcomes<List<Outcome<?>>> readOnce(
            Iterator<Document> documents, List<? extends Function<Document, ? extends Sink<?>>> sinks) {
        return read(Iterators.map(
                documents,
                document -> new DocumentReading(
                        this,
                        document,
                        sinks.stream().map(sink -> sink.apply(document)).toList())));
    }

    /** Reads documents for one sink each: outcomes with what its {@link Sink#part} gives, and a last one for the rest. */
    public <R> Outcomes<R> readInParts(Iterator<Document> documents, Function<Document, ? extends Sink<R>> sinks) {
        return only(document -> DocumentReading.inParts(this, document, sinks.apply(document)), documents);
    }

    @SuppressWarnings("unchecked") // the reading has one sink, a Sink<R>
    private <R> Outcomes<R> only(Function<Document, DocumentReading> reading, Iterator<Document> documents) {
        return read(Iterators.map(documents, reading))
                .flatMap(outcome -> List.of(
                        outcome.error() == null
                                ? (Outcome<R>) outcome.value().get(0)
                                : new Outcome<>(outcome.id(), null, outcome.error())));
    }

    /** Reads lazily, packing short texts together; the outcomes of one reading come one behind the other. */
    public <R> Outcomes<R> read(Iterator<? extends Reading<R>> readings) {
        return new DocumentReader<>(this, readings);
    }

    /** From now on {@code newListener} hears what is read, in the place of the one before. */
    public void listen(ModelListener newListener) {
        listener.set(newListener);
    }

    /**
     * Refuses to read with weights of which one is not finite.
     *
     * @throws MambaException MAMBA_NOT_A_NUMBER
     */
    void requireSound() {
        Optional<MambaError> fault = checkpoint.fault();
        if (fault.isPresent()) {
            throw new MambaException(fault.get(), null);
        }
    }

    EmbeddingHead head() {
        return head;
    }

    int blockTokens() {
        return engine.blockTokens();
    }

    BlockReading read(TokenBlock block, Wanted wanted) {
        ModelListener hears = listener();
        hears.blockBegins();
        try {
            return engine.read(block, wanted);
        } finally {
            hears.blockEnds(block.length());
            // A model that nobody can reach counts as unused: this one is, until here.
            Reference.reachabilityFence(this);
        }
    }

    ModelListener listener() {
        return listener.get();
    }

    @Override
    public void close() {
        if (!lent) {
            engine.close();
        }
    }
}

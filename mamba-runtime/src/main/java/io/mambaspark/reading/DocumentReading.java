package io.mambaspark.reading;

import io.mambaspark.reading.TextPieces.Piece;
import io.mambaspark.text.Span;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A document, read once from start to end for any number of {@link Sink}s. Puts out one list: an outcome of each sink, in
 * their order.
 *
 * <pre>{@code
 * List<Sink<?>> sinks = List.of(summarizer.sink(document), perplexity.sink(document));
 * Outcome<List<Outcome<?>>> both = model.read(List.of(new DocumentReading(model, document, sinks)).iterator()).next();
 * }</pre>
 */
public final class DocumentReading extends Reading<List<Outcome<?>>> {
    private final DocumentPieces pieces;
    private final EmbeddingHead head;
    private final int dModel;
    private final boolean inParts;
    private final List<? extends SinkSlot<?>> sinks;
    private final List<? extends SinkSlot<?>> ofSentences;
    private final List<? extends SinkSlot<?>> ofPassages;
    private final List<? extends SinkSlot<?>> ofLogProbabilities;
    private final Passages passages;
    private final PieceSum whole;

    /** The one at hand, once a piece of it was taken. */
    private String text;

    private PieceSum sentenceSum;
    private int sentenceTokens;

    /** Starts the reading of a document with a model. The sinks are this reading's: it closes them. */
    public DocumentReading(MambaModel model, Document document, List<? extends Sink<?>> sinks) {
        this(model, document.id(), List.of(document).iterator(), sinks, false);
    }

    /**
     * Starts the reading of a document that comes as several texts, each of which is asked for when those before it are
     * read: it may be longer than memory. They are joined by blank lines. Sentences and passages end where their text
     * ends, and their spans are of it.
     */
    public static DocumentReading ofTexts(
            MambaModel model, String id, Iterator<String> texts, List<? extends Sink<?>> sinks) {
        return new DocumentReading(model, id, new JoinedTexts(texts), sinks, false);
    }

    private DocumentReading(
            MambaModel model, String id, Iterator<Document> texts, List<? extends Sink<?>> sinks, boolean inParts) {
        super(id);
        this.pieces = new DocumentPieces(model, texts);
        this.head = model.head();
        this.dModel = model.config().dModel();
        this.inParts = inParts;
        this.sinks = sinks.stream().map(sink -> new SinkSlot<>(id, sink)).toList();
        this.ofSentences = those(Sink::wantsSentences);
        this.ofPassages = those(Sink::wantsPassages);
        this.ofLogProbabilities = those(Sink::wantsLogProbabilities);
        this.passages = new Passages(dModel, this::tellPassage);
        this.whole = new PieceSum(dModel);
    }

    /** A reading for one sink that puts out its parts as they are ready: lists of one. */
    static DocumentReading inParts(MambaModel model, Document document, Sink<?> sink) {
        return new DocumentReading(model, document.id(), List.of(document).iterator(), List.of(sink), true);
    }

    private List<? extends SinkSlot<?>> those(Predicate<Sink<?>> wanting) {
        return sinks.stream().filter(slot -> wanting.test(slot.sink())).toList();
    }

    @Override
    void fill(Share share) {
        if (allFailed()) {
            return;
        }
        pieces.fill(share);
        if (!ofLogProbabilities.isEmpty()) {
            share.predict(pieces.following());
        }
    }

    @Override
    boolean exhausted() {
        return pieces.exhausted() || allFailed();
    }

    private boolean allFailed() {
        return !sinks.isEmpty() && sinks.stream().allMatch(SinkSlot::failed);
    }

    @Override
    long textTokens() {
        return pieces.given();
    }

    @Override
    void piece(PieceSum sum) {
        Piece piece = pieces.next();
        if (pieces.text() != text) {
            begin(pieces.text());
        }
        if (piece.marker()) {
            return;
        }
        whole.add(sum);
        if (!ofPassages.isEmpty()) {
            passages.add(piece, sum);
        }
        if (!ofSentences.isEmpty() && piece.sentence() != null) {
            addToSentence(piece, sum);
        }
    }

    private void begin(String next) {
        if (text != null) {
            passages.end();
        }
        text = next;
        sinks.forEach(slot -> slot.tell(sink -> sink.begin(next)));
    }

    private void addToSentence(Piece piece, PieceSum sum) {
        if (sentenceSum == null) {
            sentenceSum = new PieceSum(dModel);
        }
        sentenceSum.add(sum);
        sentenceTokens += piece.tokens();
        if (piece.last()) {
            int tokens = sentenceTokens;
            float[] vector = head.vector(sentenceSum);
            sentenceSum = null;
            sentenceTokens = 0;
            ofSentences.forEach(slot -> slot.tell(sink -> sink.sentence(piece.sentence(), tokens, vector)));
        }
    }

    private void tellPassage(Span span, int tokens, PieceSum sum) {
        float[] vector = head.vector(sum);
        ofPassages.forEach(slot -> slot.tell(sink -> sink.passage(span, tokens, vector)));
    }

    @Override
    void logProbability(float logProbability) {
        ofLogProbabilities.forEach(slot -> slot.tell(sink -> sink.logProbability(logProbability)));
    }

    @Override
    void blockTaken() {
        if (inParts) {
            Outcome<?> part = sinks.get(0).part();
            if (part != null) {
                emit(List.of(part));
            }
        }
    }

    @Override
    void end() {
        passages.end();
        DocumentEnd end = new DocumentEnd(pieces.given(), head, whole);
        emit(sinks.stream().<Outcome<?>>map(slot -> slot.finish(end)).toList());
    }

    @Override
    void close() {
        Closing.all(sinks, SinkSlot::close);
    }
}

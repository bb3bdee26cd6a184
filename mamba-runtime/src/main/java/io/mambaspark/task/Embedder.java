package io.mambaspark.task;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.TextReading;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Span;
import java.util.Iterator;

/** Makes vectors of passages, documents or queries. Thread-safe; each iterator is for one thread. */
public final class Embedder {
    private final MambaModel model;
    private final Unit unit;

    /** An embedder. */
    public Embedder(MambaModel model, Unit unit) {
        this.model = model;
        this.unit = unit;
    }

    /**
     * The vectors of the documents, one behind the other, as they are read; a document may have many, and a blank one has
     * none.
     */
    public Iterator<Outcome<Embedding>> embed(Iterator<Document> documents) {
        if (unit == Unit.QUERY) {
            return new MappedIterator<>(documents, this::query);
        }
        return model.read(new MappedIterator<>(documents, EmbeddingReading::new));
    }

    private Outcome<Embedding> query(Document document) {
        try {
            String text = document.text();
            float[] vector = model.queryVector(text);
            long tokens =
                    model.tokenizer().count(ReaderText.of(text, model.profile().normalisation()));
            return new Outcome<>(
                    document.id(), new Embedding(0, new Span(0, text.length()), text, vector, tokens), null);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new Outcome<>(document.id(), null, e.getMessage());
        }
    }

    private final class EmbeddingReading extends TextReading<Embedding> {
        private final long tokens;
        private int passages;

        private EmbeddingReading(Document document) {
            super(model, document);
            // Counting costs a hundredth of reading, and each vector can say how long its document is.
            tokens = model.tokenizer()
                    .count(ReaderText.of(document.text(), model.profile().normalisation()));
        }

        @Override
        protected boolean wantsPassages() {
            return unit == Unit.PASSAGE;
        }

        @Override
        protected void passage(Span span, float[] vector) {
            emit(new Embedding(passages++, span, span.of(text()), vector, tokens));
        }

        @Override
        protected void finish() {
            if (unit == Unit.DOCUMENT && !text().isBlank()) {
                emit(new Embedding(0, new Span(0, text().length()), text(), wholeVector(), tokens));
            }
        }
    }
}

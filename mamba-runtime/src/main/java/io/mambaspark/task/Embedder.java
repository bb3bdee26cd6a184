package io.mambaspark.task;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Makes vectors of passages, documents or queries. Thread-safe. */
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
    public Outcomes<Embedding> embed(Iterator<Document> documents) {
        return unit == Unit.QUERY
                ? model.queries(documents).map(Embedder::ofQuery)
                : model.readInParts(documents, this::sink).flatMap(Embedder::oneByOne);
    }

    private static Embedding ofQuery(Query query) {
        return new Embedding(0, new Span(0, query.text().length()), query.text(), query.vector(), query.tokens());
    }

    private static List<Outcome<Embedding>> oneByOne(Outcome<List<Embedding>> outcome) {
        return outcome.error() != null
                ? List.of(new Outcome<>(outcome.id(), null, outcome.error()))
                : outcome.value().stream()
                        .map(embedding -> new Outcome<>(outcome.id(), embedding, null))
                        .toList();
    }

    /**
     * Draws the vectors of {@code document} from its reading.
     *
     * @throws UnsupportedOperationException if this embedder is for queries: they are read in a way of their own
     */
    public Sink<List<Embedding>> sink(Document document) {
        return switch (unit) {
            case PASSAGE -> new PassageSink(document.text());
            case DOCUMENT -> new WholeSink(document.text());
            case QUERY -> throw new UnsupportedOperationException("queries are not read as documents");
        };
    }

    private static final class PassageSink implements Sink<List<Embedding>> {
        private final String text;
        private List<Embedding> found = new ArrayList<>();
        private int passages;

        private PassageSink(String text) {
            this.text = text;
        }

        @Override
        public boolean wantsPassages() {
            return true;
        }

        @Override
        public void passage(Span span, int tokens, float[] vector) {
            found.add(new Embedding(passages++, span, span.of(text), vector, tokens));
        }

        @Override
        public List<Embedding> part() {
            if (found.isEmpty()) {
                return null;
            }
            List<Embedding> part = found;
            found = new ArrayList<>();
            return part;
        }

        @Override
        public List<Embedding> finish(DocumentEnd end) {
            return found;
        }
    }

    private record WholeSink(String text) implements Sink<List<Embedding>> {
        @Override
        public List<Embedding> finish(DocumentEnd end) {
            return text.isBlank()
                    ? List.of()
                    : List.of(new Embedding(0, new Span(0, text.length()), text, end.vector(), end.tokensRead()));
        }
    }
}

package io.mambaspark.task;

import io.mambaspark.error.MambaException;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.reading.Vectors;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the passages of a document that answer queries: 0.3 z(BM25) + 0.7 z(cosine) over the document's passages, each
 * with half of its neighbours' (reader.json, {@code query_selection}). Thread-safe.
 */
public final class Retriever {
    private final MambaModel model;
    private final List<Query> queries;
    private final QueryTerms terms;
    private final int topK;

    /**
     * A retriever.
     *
     * @param queries at least one
     * @param topK    the most hits of a document and query, at least 1
     * @throws MambaException MAMBA_TOP_K_INVALID
     */
    public Retriever(MambaModel model, List<Query> queries, int topK) {
        if (topK < 1) {
            throw MambaException.of("MAMBA_TOP_K_INVALID", Map.of("value", Integer.toString(topK)));
        }
        this.model = model;
        this.topK = topK;
        this.queries = List.copyOf(queries);
        this.terms = QueryTerms.of(queries.stream().map(Query::text).toList());
    }

    /** One outcome a document, in their order; reads as the outcomes are asked for. */
    public Outcomes<Retrieved> retrieve(Iterator<Document> documents) {
        return model.read(documents, this::sink);
    }

    /** Draws the best passages of {@code document} from its reading. */
    public Sink<Retrieved> sink(Document document) {
        return new PassageSink(document.text());
    }

    private final class PassageSink implements Sink<Retrieved> {
        private final PassageScores passages;
        private final SentenceBm25 bm25 = new SentenceBm25(terms);

        private PassageSink(String text) {
            this.passages = new PassageScores(text, queries.size());
        }

        @Override
        public boolean wantsPassages() {
            return true;
        }

        @Override
        public void passage(Span span, int tokens, float[] vector) {
            int passage = passages.size();
            passages.add(span);
            for (int q = 0; q < queries.size(); q++) {
                passages.number(q, passage, Vectors.dot(queries.get(q).vector(), vector, 0));
            }
            bm25.count(passages.text(passage));
        }

        @Override
        public Retrieved finish(DocumentEnd end) {
            QueryScores.combine(
                    passages, queries.size(), bm25::score, model.profile().query());
            return new Retrieved(
                    IntStream.range(0, queries.size()).mapToObj(this::hits).toList(), end.tokensRead());
        }

        private List<Hit> hits(int query) {
            List<Hit> hits = new ArrayList<>();
            for (int passage : passages.best(query, topK)) {
                hits.add(new Hit(
                        hits.size() + 1,
                        passages.number(query, passage),
                        passage,
                        passages.span(passage),
                        passages.text(passage)));
            }
            return hits;
        }
    }
}

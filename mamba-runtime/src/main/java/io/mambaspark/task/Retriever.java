package io.mambaspark.task;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
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
     * @throws IllegalArgumentException MAMBA_TOP_K_INVALID
     */
    public Retriever(MambaModel model, List<Query> queries, int topK) {
        if (topK < 1) {
            throw new IllegalArgumentException(
                    "[MAMBA_TOP_K_INVALID] top_k is " + topK + ". Ask for at least one passage.");
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

    /** Keeps a span and, for each query, one number a passage; never vectors. */
    private final class PassageSink implements Sink<Retrieved> {
        private final String text;
        private final List<Span> spans = new ArrayList<>();
        private float[][] cosines = new float[queries.size()][64];
        private final SentenceBm25 bm25 = new SentenceBm25(terms);

        private PassageSink(String text) {
            this.text = text;
        }

        @Override
        public boolean wantsPassages() {
            return true;
        }

        @Override
        public void passage(Span span, int tokens, float[] vector) {
            for (int q = 0; q < cosines.length; q++) {
                if (spans.size() == cosines[q].length) {
                    cosines[q] = Arrays.copyOf(cosines[q], 2 * spans.size());
                }
                cosines[q][spans.size()] = Vectors.dot(queries.get(q).vector(), vector, 0);
            }
            spans.add(span);
            bm25.count(span.of(text));
        }

        @Override
        public Retrieved finish(DocumentEnd end) {
            float[][] lexical = lexicalScores();
            List<List<Hit>> hits = new ArrayList<>();
            for (int q = 0; q < cosines.length; q++) {
                QueryScores.combine(cosines[q], lexical[q], spans.size());
                hits.add(best(cosines[q]));
            }
            return new Retrieved(hits, end.tokensRead());
        }

        private float[][] lexicalScores() {
            float[][] scores = new float[cosines.length][spans.size()];
            float[] ofPassage = new float[cosines.length];
            for (int i = 0; i < spans.size(); i++) {
                bm25.score(spans.get(i).of(text), ofPassage);
                for (int q = 0; q < cosines.length; q++) {
                    scores[q][i] = ofPassage[q];
                }
            }
            return scores;
        }

        private List<Hit> best(float[] scores) {
            List<Integer> order = IntStream.range(0, spans.size())
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i))
                    .limit(topK)
                    .toList();
            List<Hit> hits = new ArrayList<>();
            for (int i : order) {
                hits.add(new Hit(
                        hits.size() + 1,
                        scores[i],
                        i,
                        spans.get(i),
                        spans.get(i).of(text)));
            }
            return hits;
        }
    }
}

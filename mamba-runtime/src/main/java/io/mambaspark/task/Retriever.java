package io.mambaspark.task;

import io.mambaspark.error.MambaException;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.PassageRules;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.reading.Vectors;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the passages of a document that answer queries (reader.json, {@code passage_selection}): by BM25 and cosine, each averaged
 * with its neighbours. Thread-safe.
 */
public final class Retriever {
    private final MambaModel model;
    private final List<Query> queries;
    private final QueryTerms terms;
    private final int topK;
    private final double minRelevance;
    /** Null for the rule of readers of version 1. */
    private final PassageRules rules;

    /** A retriever of the best passages, whatever their relevance. */
    public Retriever(MambaModel model, List<Query> queries, int topK) {
        this(model, queries, topK, 0);
    }

    /**
     * A retriever.
     *
     * @param queries      at least one
     * @param topK         the most hits of a document and query, at least 1
     * @param minRelevance the least relevance of a hit, 0 to 1; 0 for any
     * @throws MambaException MAMBA_TOP_K_INVALID, MAMBA_MIN_RELEVANCE_INVALID or MAMBA_RELEVANCE_NOT_IN_MODEL
     */
    public Retriever(MambaModel model, List<Query> queries, int topK, double minRelevance) {
        if (topK < 1) {
            throw MambaException.of("MAMBA_TOP_K_INVALID", Map.of("value", Integer.toString(topK)));
        }
        check(minRelevance);
        if (minRelevance > 0 && model.profile().relevance().isEmpty()) {
            throw MambaException.of("MAMBA_RELEVANCE_NOT_IN_MODEL", Map.of("value", Double.toString(minRelevance)));
        }
        this.minRelevance = minRelevance;
        this.model = model;
        this.topK = topK;
        this.queries = List.copyOf(queries);
        this.rules = model.profile().passages().orElse(null);
        this.terms = QueryTerms.of(queries.stream().map(Query::text).toList(), Terms.of(model.profile()));
    }

    /**
     * Refuses a least relevance that is not from 0 to 1.
     *
     * @throws MambaException MAMBA_MIN_RELEVANCE_INVALID
     */
    public static void check(double minRelevance) {
        if (!(minRelevance >= 0 && minRelevance <= 1)) {
            throw MambaException.of("MAMBA_MIN_RELEVANCE_INVALID", Map.of("value", Double.toString(minRelevance)));
        }
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
        private final String text;
        private final PassageScores passages;
        private PassageSections sections;
        private final SentenceBm25 bm25 =
                rules == null ? new SentenceBm25(terms) : new SentenceBm25(terms, rules.k1(), rules.b());

        private PassageSink(String text) {
            this.text = text;
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
            if (rules == null) {
                QueryScores.combine(
                        passages, queries.size(), bm25::score, model.profile().query());
            } else {
                passages.combine(bm25::score, bm25.idfSums(), rules);
            }
            return new Retrieved(
                    IntStream.range(0, queries.size()).mapToObj(this::hits).toList(), end.tokensRead());
        }

        private List<Hit> hits(int query) {
            List<Hit> hits = new ArrayList<>();
            for (int passage : best(query)) {
                float score = passages.number(query, passage);
                Float relevance = relevance(score);
                if (relevance != null && relevance < (float) minRelevance) {
                    break;
                }
                hits.add(new Hit(
                        hits.size() + 1,
                        score,
                        relevance,
                        passage,
                        passages.span(passage),
                        passages.text(passage),
                        section(passages.span(passage))));
            }
            return hits;
        }

        /** The text is split for it a second time, so only if there is a hit. */
        private String section(Span passage) {
            if (sections == null) {
                sections = new PassageSections(text, model.profile());
            }
            return sections.of(passage);
        }

        /** Passages that say the same are found once: the best of them. */
        private List<Integer> best(int query) {
            for (int depth = topK; ; depth = 2 * depth) {
                int most = Math.max(topK, Math.min(depth, passages.size()));
                int[] ranked = passages.best(query, most);
                Set<String> said = new HashSet<>();
                List<Integer> best = new ArrayList<>();
                for (int passage : ranked) {
                    if (best.size() < topK && said.add(normalised(passages.text(passage)))) {
                        best.add(passage);
                    }
                }
                if (best.size() == topK || ranked.length < depth || depth >= passages.size()) {
                    return best;
                }
            }
        }

        private String normalised(String passage) {
            return ReaderText.of(passage, model.profile().normalisation())
                    .normalised()
                    .replaceAll("\\s+", " ");
        }

        private Float relevance(float score) {
            return model.profile()
                    .relevance()
                    .map(rule -> (float) rule.of(score, passages.size()))
                    .orElse(null);
        }
    }
}

package io.mambaspark.task;

import io.mambaspark.error.Finite;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.SentenceStore;
import io.mambaspark.reading.Sink;
import io.mambaspark.reading.Vectors;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Summarizes documents of any length by their own sentences: the most salient ones, or with a query those that answer
 * it (reader.json, {@code summary_selection} and {@code query_selection}). Thread-safe.
 *
 * <pre>{@code
 * Summarizer summarizer = new Summarizer(model, 50, model.query("Who is the White Rabbit?"));
 * summarizer.summarize(documents).forEachRemaining(outcome -> …);
 * }</pre>
 */
public final class Summarizer {
    private final MambaModel model;
    private final int maxWords;
    private final Query query;
    private final QueryTerms terms;
    private final SalienceHead salience;

    /**
     * A summarizer.
     *
     * @param maxWords the most words of a summary; 0 for a tenth of the document, at least 50 and at most 1,000
     * @param query    what the summary shall answer; null for a general one
     * @throws io.mambaspark.error.MambaException MAMBA_MAX_WORDS_INVALID
     */
    public Summarizer(MambaModel model, int maxWords, Query query) {
        SummarySelection.budget(maxWords, 0);
        this.model = model;
        this.maxWords = maxWords;
        this.query = query;
        this.terms = query == null ? null : QueryTerms.of(List.of(query.text()));
        this.salience = model.heads().map(SalienceHead::of).orElse(null);
    }

    /** One outcome a document, in their order; reads as the outcomes are asked for. */
    public Outcomes<Summary> summarize(Iterator<Document> documents) {
        return model.read(documents, this::sink);
    }

    /** Draws the summary of {@code document} from its reading. */
    public Sink<Summary> sink(Document document) {
        return new SummarySink(false);
    }

    /** Draws the summary of a document that comes as several texts, see {@link DocumentReading#ofTexts}, from its reading. */
    public Sink<Summary> sinkOfTexts() {
        return new SummarySink(true);
    }

    private final class SummarySink implements Sink<Summary> {
        private final SentenceStore store = query == null
                ? new SentenceStore(model.dimension(), salience == null ? 0 : salience.hiddenSize(), model.scratch())
                : new SentenceStore(0, 0, model.scratch());
        /** Of the vectors of all sentences in the store. */
        private final double[] sum = new double[model.dimension()];

        private final SentenceTexts sentences;
        private final SentenceBm25 bm25 = terms == null ? null : new SentenceBm25(terms);
        /** The whole document, as long as it may be its own summary. */
        private final List<String> texts = new ArrayList<>();

        private long documentWords;
        private boolean anyCandidate;

        private SummarySink(boolean ofTexts) {
            sentences = ofTexts ? SentenceTexts.kept(model.scratch()) : SentenceTexts.ofText(store::span);
        }

        @Override
        public void begin(String text) {
            sentences.begin(text);
            documentWords += Words.DEFAULT.count(text, 0, text.length());
            if (isShort()) {
                texts.add(text);
            } else {
                texts.clear();
            }
        }

        private boolean isShort() {
            return documentWords <= budget();
        }

        private int budget() {
            return SummarySelection.budget(maxWords, documentWords);
        }

        @Override
        public boolean wantsSentences() {
            return true;
        }

        /** Keeps candidates; the others only as long as there is no candidate, in case there is none at all. */
        @Override
        public void sentence(Sentence read, int tokens, float[] vector) {
            if (anyCandidate && !read.candidate()) {
                return;
            }
            if (read.candidate() && !anyCandidate) {
                anyCandidate = true;
                store.clear();
                sentences.clear();
                Arrays.fill(sum, 0);
            }
            for (int k = 0; k < sum.length; k++) {
                sum[k] += vector[k];
            }
            float cosine = query == null ? 0 : Vectors.dot(query.vector(), vector, 0);
            float[] hidden = query != null || salience == null ? null : salience.hidden(vector);
            store.add(read.span(), tokens, read.words(), cosine, vector, hidden);
            sentences.add(read.span());
        }

        @Override
        public Summary finish(DocumentEnd end) {
            if (query != null) {
                scoreForQuery();
            } else {
                scoreSalience();
            }
            return summary(end.tokensRead());
        }

        @Override
        public void close() {
            try (sentences) {
                store.close();
            }
        }

        private void scoreSalience() {
            float[] mean = new float[sum.length];
            for (int k = 0; k < mean.length; k++) {
                mean[k] = (float) (sum[k] / Math.max(1, store.size()));
            }
            float[] document = mean.clone();
            Vectors.normalise(document);
            SalienceHead.Document scorer = salience == null ? null : salience.document(store.size(), mean);
            store.forEach(
                    document,
                    (i, tokens, cosine, hidden, at) ->
                            store.score(i, scorer == null ? cosine : scorer.score(i, tokens, cosine, hidden, at)));
        }

        private void scoreForQuery() {
            for (int i = 0; i < store.size(); i++) {
                bm25.count(sentences.text(i));
            }
            QueryScores.combine(new Sentences(), 1, bm25::score);
        }

        private Summary summary(long tokensRead) {
            if (isShort()) {
                return shortDocument(tokensRead);
            }
            SummarySelection selection = SummarySelection.of(new Sentences(), budget());
            List<ScoredSentence> chosen = new ArrayList<>();
            StringBuilder joined = new StringBuilder();
            for (int i : selection.sentences()) {
                ScoredSentence sentence = scored(i);
                chosen.add(sentence);
                joined.append(joined.isEmpty() ? "" : " ").append(oneLine(sentence.text()));
            }
            String summary =
                    selection.truncated() ? SummarySelection.cut(joined.toString(), budget()) : joined.toString();
            return new Summary(summary, chosen, tokensRead, selection.truncated());
        }

        /** A document within its budget is its own summary. */
        private Summary shortDocument(long tokensRead) {
            List<ScoredSentence> all = new ArrayList<>();
            for (int i = 0; i < store.size(); i++) {
                all.add(scored(i));
            }
            String text = texts.size() == 1 ? texts.get(0) : String.join("", texts);
            return new Summary(text.isBlank() ? "" : text, all, tokensRead, false);
        }

        private ScoredSentence scored(int i) {
            float score = Finite.require(store.score(i), "The score of a sentence");
            return new ScoredSentence(store.span(i), score, sentences.text(i));
        }

        /** The sentences in the store, as the rules of selection see them. */
        private final class Sentences implements SummarySelection.Candidates, QueryScores.Units {
            @Override
            public int size() {
                return store.size();
            }

            @Override
            public float score(int sentence) {
                return store.score(sentence);
            }

            @Override
            public int words(int sentence) {
                return store.words(sentence);
            }

            @Override
            public String text(int sentence) {
                return sentences.text(sentence);
            }

            @Override
            public float number(int query, int sentence) {
                return store.score(sentence);
            }

            @Override
            public void number(int query, int sentence, float number) {
                store.score(sentence, number);
            }
        }
    }

    /** Line breaks inside a sentence are the page's, not the author's. */
    private static String oneLine(String sentence) {
        return sentence.replaceAll("\\s*\\R\\s*", " ");
    }
}

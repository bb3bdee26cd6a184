package io.mambaspark.lexical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;

/**
 * BM25 of some queries over the sentences, or passages, of one document, in two passes over them and without
 * an index: {@link #count} each sentence, then {@link #score} each sentence.
 *
 * <p>The scores are those that a Lucene index with one document a sentence gives to the query's terms, each boosted by the
 * number of times it occurs in the query: same analysis, same similarity, same encoding of lengths. As there, a sentence of
 * which the analysis leaves nothing counts for no average and scores 0. Scores are finite and never negative.
 *
 * <p>Memory: a few counters and 1 kB a query term, whatever the number of sentences. Not thread-safe: one per document, used by
 * one thread at a time.
 */
public final class SentenceBm25 {
    /** What BM25 was published with, and what most engines use. */
    private static final float K1 = 1.2f;

    private static final float B = 0.75f;

    /** A term of a query with what scores it over this document. */
    private record TermScorer(int term, SimScorer scorer) {}

    private final QueryTerms queries;
    private final Similarity bm25;

    // of the document
    private long sentences;
    private long sentencesWithTokens;
    private long tokens;
    private final long[] sentencesWithTerm;
    private final long[] occurrences;
    private List<List<TermScorer>> scorers;

    // of the sentence at hand
    private final int[] frequencies;
    private final int[] found;
    private int foundCount;
    private final FieldInvertState length =
            new FieldInvertState(Version.LATEST.major, EnglishTokens.FIELD, IndexOptions.DOCS_AND_FREQS);
    private final EnglishTokens.Sink sentenceTokens = this::take;

    /** Starts with a document of no sentences; k1 is 1.2, b 0.75. */
    public SentenceBm25(QueryTerms queries) {
        this(queries, K1, B);
    }

    /** Starts with a document of no sentences. */
    public SentenceBm25(QueryTerms queries, float k1, float b) {
        this.queries = queries;
        this.bm25 = new BM25Similarity(k1, b);
        int terms = queries.terms().size();
        sentencesWithTerm = new long[terms];
        occurrences = new long[terms];
        frequencies = new int[terms];
        found = new int[terms];
    }

    /**
     * First pass: adds a sentence to the statistics of the document.
     *
     * @throws IllegalStateException if a sentence was scored already
     */
    public void count(String sentence) {
        if (scorers != null) {
            throw new IllegalStateException("all sentences must be counted before the first one is scored");
        }
        read(sentence);
        sentences++;
        if (length.getLength() > 0) {
            sentencesWithTokens++;
            tokens += length.getLength();
        }
        for (int i = 0; i < foundCount; i++) {
            int term = found[i];
            sentencesWithTerm[term]++;
            occurrences[term] += frequencies[term];
        }
    }

    /**
     * Second pass: the scores of a sentence that was counted. A term that no counted sentence has adds nothing.
     *
     * @param scores takes one score a query, from index 0 on
     */
    public void score(String sentence, float[] scores) {
        if (scorers == null) {
            scorers = scorers();
        }
        read(sentence);
        if (foundCount == 0) {
            Arrays.fill(scores, 0, queries.size(), 0f);
            return;
        }
        long norm = bm25.computeNorm(length);
        for (int query = 0; query < scorers.size(); query++) {
            scores[query] = score(scorers.get(query), norm);
        }
    }

    /**
     * The sum of count · idf of the terms of each query, over the sentences counted so far: BM25 divided by it is comparable between
     * queries and documents. A term that no sentence has counts too. 0 for a query without terms.
     */
    public double[] idfSums() {
        return queries.queries().stream()
                .mapToDouble(query -> query.stream()
                        .mapToDouble(counted -> counted.count() * idf(sentencesWithTerm[counted.term()]))
                        .sum())
                .toArray();
    }

    private double idf(long withTerm) {
        return Math.log(1 + (sentences - withTerm + 0.5) / (withTerm + 0.5));
    }

    /** Lucene, too, sums in double. */
    private float score(List<TermScorer> query, long norm) {
        double sum = 0;
        for (int i = 0; i < query.size(); i++) {
            int frequency = frequencies[query.get(i).term()];
            if (frequency > 0) {
                sum += query.get(i).scorer().score(frequency, norm);
            }
        }
        return (float) sum;
    }

    private void read(String sentence) {
        for (int i = 0; i < foundCount; i++) {
            frequencies[found[i]] = 0;
        }
        foundCount = 0;
        length.setLength(0);
        length.setNumOverlap(0);
        queries.tokens().of(sentence, sentenceTokens);
    }

    private void take(char[] chars, int count, boolean overlap) {
        length.setLength(length.getLength() + 1);
        if (overlap) {
            length.setNumOverlap(length.getNumOverlap() + 1);
        }
        int term = queries.number(chars, count);
        if (term >= 0 && frequencies[term]++ == 0) {
            found[foundCount++] = term;
        }
    }

    private List<List<TermScorer>> scorers() {
        List<List<TermScorer>> all = new ArrayList<>(queries.size());
        for (List<QueryTerms.Counted> query : queries.queries()) {
            all.add(query.stream()
                    // Lucene's statistics refuse a term, and a collection, without occurrences.
                    .filter(counted -> occurrences[counted.term()] > 0)
                    .map(counted -> new TermScorer(counted.term(), scorer(counted.term(), counted.count())))
                    .toList());
        }
        return all;
    }

    private SimScorer scorer(int term, float boost) {
        // The last argument, the number of postings, would need a set of all terms. BM25 does not read it: its upper
        // bound will do.
        CollectionStatistics collection =
                new CollectionStatistics(EnglishTokens.FIELD, sentences, sentencesWithTokens, tokens, tokens);
        BytesRef name = queries.terms().get(term);
        return bm25.scorer(boost, collection, new TermStatistics(name, sentencesWithTerm[term], occurrences[term]));
    }
}

package io.mambaspark.index.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.BytesRef;

/** By words: BM25 with the counts of the whole index, of which the shard is a part. Scores are above 0 for what is found. */
final class LexicalHalf implements Half {
    private final LeafReaderContext leaf;
    private final LexicalQuery query;
    private final TermCounts counts;
    private final IndexSearcher searcher;

    /**
     * A half.
     *
     * @param counts of the query's terms in the whole index
     */
    LexicalHalf(LeafReaderContext leaf, LexicalQuery query, TermCounts counts) {
        this.leaf = leaf;
        this.query = query;
        this.counts = counts;
        this.searcher = new OfWholeIndex();
    }

    /** Scores with the statistics of the whole index. */
    private final class OfWholeIndex extends IndexSearcher {
        private OfWholeIndex() {
            super(leaf);
            setSimilarity(ShardFields.BM25);
            setQueryCache(null);
        }

        @Override
        public TermStatistics termStatistics(Term term, int passages, long occurrences) {
            String text = term.text();
            for (int i = 0; i < query.size(); i++) {
                if (query.terms()[i].equals(text)) {
                    return statistics(i);
                }
            }
            throw new IllegalStateException("no term of the query: " + text);
        }

        @Override
        public CollectionStatistics collectionStatistics(String field) {
            return statistics();
        }
    }

    /** BM25 does not read the numbers of occurrences: their bounds will do. */
    private TermStatistics statistics(int term) {
        long passages = counts.passagesWith()[term];
        return new TermStatistics(new BytesRef(query.terms()[term]), passages, passages);
    }

    private CollectionStatistics statistics() {
        return new CollectionStatistics(
                ShardFields.TEXT, counts.passages(), counts.passages(), counts.words(), counts.words());
    }

    @Override
    public Best best(int count, Selection among) {
        try {
            TopScoreDocCollector best = new TopScoreDocCollectorManager(count, null, count).newCollector();
            collect(best.scoreMode(), best.getLeafCollector(leaf), among);
            return Best.of(best.topDocs().scoreDocs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Best bestOfDocuments(int count, Selection among) {
        try {
            DocumentRuns runs = new DocumentRuns(new DocumentNumbers(leaf.reader()), count);
            collect(ScoreMode.COMPLETE, new RunCollector(runs), among);
            return runs.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class RunCollector implements LeafCollector {
        private final DocumentRuns runs;
        private Scorable scorer;

        private RunCollector(DocumentRuns runs) {
            this.runs = runs;
        }

        @Override
        public void setScorer(Scorable newScorer) {
            scorer = newScorer;
        }

        @Override
        public void collect(int ordinal) throws IOException {
            runs.add(ordinal, scorer.score());
        }
    }

    private void collect(ScoreMode scores, LeafCollector collector, Selection among) throws IOException {
        if (counts.passages() == 0) {
            return;
        }
        Weight weight = searcher.createWeight(searcher.rewrite(query()), scores, 1);
        BulkScorer scorer = weight.bulkScorer(leaf);
        if (scorer != null) {
            scorer.score(collector, among.bits(), 0, leaf.reader().maxDoc());
        }
    }

    private Query query() {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (int i = 0; i < query.size(); i++) {
            Query term = new TermQuery(new Term(ShardFields.TEXT, query.terms()[i]));
            any.add(new BoostQuery(term, query.counts()[i]), BooleanClause.Occur.SHOULD);
        }
        return any.build();
    }

    /** Sums in the order of the terms, in double, as Lucene does. */
    @Override
    public float[] scores(int[] ordinals) {
        try {
            long[] norms = norms(ordinals);
            double[] sums = new double[ordinals.length];
            TermsEnum terms = Terms.getTerms(leaf.reader(), ShardFields.TEXT).iterator();
            for (int term = 0; term < query.size(); term++) {
                if (terms.seekExact(new BytesRef(query.terms()[term]))) {
                    add(term, terms.postings(null, PostingsEnum.FREQS), ordinals, norms, sums);
                }
            }
            float[] scores = new float[ordinals.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) sums[i];
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(int term, PostingsEnum postings, int[] ordinals, long[] norms, double[] sums) throws IOException {
        SimScorer scorer = ShardFields.BM25.scorer(query.counts()[term], statistics(), statistics(term));
        for (int i = 0; i < ordinals.length; i++) {
            int at = postings.docID() < ordinals[i] ? postings.advance(ordinals[i]) : postings.docID();
            if (at == ordinals[i]) {
                sums[i] += scorer.score(postings.freq(), norms[i]);
            }
        }
    }

    /** How long the passages are; without words they are found by none, and have no norm. */
    private long[] norms(int[] ordinals) throws IOException {
        NumericDocValues values = leaf.reader().getNormValues(ShardFields.TEXT);
        long[] norms = new long[ordinals.length];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = values != null && values.advanceExact(ordinals[i]) ? values.longValue() : 0;
        }
        return norms;
    }
}

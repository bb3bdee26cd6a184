package io.mambaspark.task;

import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.QueryRules;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.SentenceStore;
import io.mambaspark.reading.SentenceStore.Numbers;
import io.mambaspark.reading.Vectors;
import io.mambaspark.text.UnitForm;

/**
 * Scores the sentences of one document once it is read: by salience, or for a query. Only candidates count for means, deviations,
 * places and neighbours; if there is none, all sentences do. For one thread.
 */
final class SentenceScores implements AutoCloseable {
    private final SentenceStore store;
    private final SalienceHead salience;
    private final QueryRules rules;
    private final boolean keepsVectors;
    private final int dimension;
    private double[] sum;
    private int candidates;
    private boolean anyCandidate;

    /**
     * Starts with no sentence.
     *
     * @param salience null for a model without one
     * @param forQuery whether sentences are scored for a query
     */
    SentenceScores(MambaModel model, SalienceHead salience, boolean forQuery) {
        this.salience = salience;
        this.rules = forQuery ? model.profile().query() : null;
        this.keepsVectors = !forQuery || usesSalience();
        this.dimension = keepsVectors ? model.dimension() : 0;
        this.sum = new double[dimension];
        this.store = new SentenceStore(
                dimension, keepsVectors && salience != null ? salience.hiddenSize() : 0, model.scratch());
    }

    private boolean usesSalience() {
        return rules != null && rules.salience() != 0 && salience != null;
    }

    SentenceStore store() {
        return store;
    }

    /** Takes a sentence; {@code cosine} is that of its vector and the query, if there is one. */
    void add(Numbers numbers, float cosine, float[] vector) {
        boolean candidate = new UnitForm(numbers.form()).candidate();
        if (candidate && !anyCandidate) {
            anyCandidate = true;
            candidates = 0;
            sum = new double[dimension];
        }
        if (candidate || !anyCandidate) {
            candidates++;
            for (int k = 0; k < sum.length; k++) {
                sum[k] += vector[k];
            }
        }
        float[] hidden = keepsVectors && salience != null ? salience.hidden(vector) : null;
        store.add(numbers, cosine, vector, hidden);
    }

    /** Whether a sentence counts. */
    boolean isCandidate(Numbers numbers) {
        return !anyCandidate || new UnitForm(numbers.form()).candidate();
    }

    /** Gives each sentence of the store its salience for a score. */
    void scoreSalience() {
        forEachSalience(store::score);
    }

    private interface SalienceTaker {
        void salience(int sentence, float salience);
    }

    private void forEachSalience(SalienceTaker taker) {
        float[] mean = new float[dimension];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = (float) (sum[k] / Math.max(1, candidates));
        }
        float[] document = mean.clone();
        Vectors.normalise(document);
        SalienceHead.Document scorer = salience == null ? null : salience.document(candidates, mean);
        int[] place = new int[1];
        store.forEach(document, (i, numbers, cosine, hidden, at) -> {
            // A sentence that is no candidate has the place of the next one.
            int here = Math.min(place[0], candidates - 1);
            taker.salience(i, scorer == null ? cosine : scorer.score(here, numbers.tokens(), cosine, hidden, at));
            place[0] += isCandidate(numbers) ? 1 : 0;
        });
    }

    /** Turns the cosines in the store into scores for the query. */
    void scoreForQuery(SentenceBm25 bm25, QueryScores.Units units) {
        for (int i = 0; i < store.size(); i++) {
            if (units.isCandidate(i)) {
                bm25.count(units.text(i));
            }
        }
        QueryScores.combine(units, 1, bm25::score, rules);
        if (usesSalience()) {
            addSalience();
        }
    }

    private void addSalience() {
        Population population = new Population();
        float[] saliences = new float[store.size()];
        forEachSalience((i, value) -> saliences[i] = value);
        for (int i = 0; i < saliences.length; i++) {
            if (isCandidate(store.numbers(i))) {
                population.add(saliences[i]);
            }
        }
        for (int i = 0; i < saliences.length; i++) {
            store.score(i, (float) (store.score(i) + rules.salience() * population.z(saliences[i])));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}

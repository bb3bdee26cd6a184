package io.mambaspark.task;

/**
 * How well the sentences or passages of one document answer queries, by the rule {@code query_selection} of the reader:
 * s_i = 0.3 z(bm25_i) + 0.7 z(cos_i), then s_i + 0.5 s_(i-1) + 0.5 s_(i+1).
 */
final class QueryScores {
    private static final double BM25_WEIGHT = 0.3;
    private static final double COSINE_WEIGHT = 0.7;
    private static final double NEIGHBOUR_WEIGHT = 0.5;

    /** The sentences or passages of a document in its order, with one number each a query: a cosine, then the score. */
    interface Units {
        int size();

        String text(int unit);

        float number(int query, int unit);

        void number(int query, int unit, float number);
    }

    /** Gives one lexical score a query. */
    interface Lexical {
        void score(String text, float[] scores);
    }

    private QueryScores() {}

    /**
     * Replaces cosines by scores. Lexical scores are computed twice instead of kept: it needs no memory of its own.
     *
     * @param lexical called for the units in order, and once more
     */
    static void combine(Units units, int queries, Lexical lexical) {
        Population[] ofLexical = new Population[queries];
        Population[] ofCosines = new Population[queries];
        for (int query = 0; query < queries; query++) {
            ofLexical[query] = new Population();
            ofCosines[query] = new Population();
        }
        float[] scores = new float[queries];
        for (int unit = 0; unit < units.size(); unit++) {
            lexical.score(units.text(unit), scores);
            for (int query = 0; query < queries; query++) {
                ofLexical[query].add(scores[query]);
                ofCosines[query].add(units.number(query, unit));
            }
        }
        for (int unit = 0; unit < units.size(); unit++) {
            lexical.score(units.text(unit), scores);
            for (int query = 0; query < queries; query++) {
                double z = BM25_WEIGHT * ofLexical[query].z(scores[query])
                        + COSINE_WEIGHT * ofCosines[query].z(units.number(query, unit));
                units.number(query, unit, (float) z);
            }
        }
        for (int query = 0; query < queries; query++) {
            addNeighbours(units, query);
        }
    }

    private static void addNeighbours(Units units, int query) {
        float before = 0;
        float here = units.size() == 0 ? 0 : units.number(query, 0);
        for (int unit = 0; unit < units.size(); unit++) {
            float after = unit + 1 < units.size() ? units.number(query, unit + 1) : 0;
            units.number(query, unit, (float) (here + NEIGHBOUR_WEIGHT * ((double) before + after)));
            before = here;
            here = after;
        }
    }

    /** Mean and deviation of a whole population, by Welford's recurrence: exactly 0 for equal values. */
    private static final class Population {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        double z(double value) {
            return squares == 0 ? 0 : (value - mean) / Math.sqrt(squares / count);
        }
    }
}

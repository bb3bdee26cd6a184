package io.mambaspark.task;

import io.mambaspark.model.QueryRules;

/**
 * How well the sentences or passages of one document answer queries, by the rule {@code query_selection} of the reader:
 * s_i = w_b z(bm25_i) + w_c z(cos_i), then s_i + w_n (s_(i-1) + s_(i+1)). Means, deviations and neighbours are those of candidates.
 */
final class QueryScores {
    /** The sentences or passages of a document in its order, with one number each a query: a cosine, then the score. */
    interface Units {
        int size();

        String text(int unit);

        /** Whether the unit counts; if none does, all do. */
        boolean isCandidate(int unit);

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
     * @param lexical called for the candidates in order, and then for all units
     */
    static void combine(Units units, int queries, Lexical lexical, QueryRules rules) {
        Population[] ofLexical = new Population[queries];
        Population[] ofCosines = new Population[queries];
        for (int query = 0; query < queries; query++) {
            ofLexical[query] = new Population();
            ofCosines[query] = new Population();
        }
        float[] scores = new float[queries];
        for (int unit = 0; unit < units.size(); unit++) {
            if (!units.isCandidate(unit)) {
                continue;
            }
            lexical.score(units.text(unit), scores);
            for (int query = 0; query < queries; query++) {
                ofLexical[query].add(scores[query]);
                ofCosines[query].add(units.number(query, unit));
            }
        }
        for (int unit = 0; unit < units.size(); unit++) {
            lexical.score(units.text(unit), scores);
            for (int query = 0; query < queries; query++) {
                double z = rules.bm25() * ofLexical[query].z(scores[query])
                        + rules.cosine() * ofCosines[query].z(units.number(query, unit));
                units.number(query, unit, (float) z);
            }
        }
        for (int query = 0; query < queries; query++) {
            addNeighbours(units, query, rules.neighbour());
        }
    }

    private static void addNeighbours(Units units, int query, double weight) {
        float before = 0;
        int unit = next(units, 0);
        float here = unit == units.size() ? 0 : units.number(query, unit);
        while (unit < units.size()) {
            int following = next(units, unit + 1);
            float after = following < units.size() ? units.number(query, following) : 0;
            units.number(query, unit, (float) (here + weight * ((double) before + after)));
            before = here;
            here = after;
            unit = following;
        }
    }

    /** The first candidate from {@code from} on. */
    private static int next(Units units, int from) {
        int unit = from;
        while (unit < units.size() && !units.isCandidate(unit)) {
            unit++;
        }
        return unit;
    }
}

package io.mambaspark.task;

/**
 * How well the sentences of one document answer a query, by the rule {@code query_selection} of the reader:
 * s_i = 0.3 z(bm25_i) + 0.7 z(cos_i), then s_i + 0.5 s_(i-1) + 0.5 s_(i+1).
 */
final class QueryScores {
    private static final double BM25_WEIGHT = 0.3;
    private static final double COSINE_WEIGHT = 0.7;
    private static final double NEIGHBOUR_WEIGHT = 0.5;

    /** Mean and deviation of the whole population. */
    private record Population(double mean, double deviation) {
        static Population of(float[] values, int count) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[i];
            }
            double mean = sum / count;
            double squares = 0;
            for (int i = 0; i < count; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            return new Population(mean, Math.sqrt(squares / count));
        }

        double z(float value) {
            return deviation == 0 ? 0 : (value - mean) / deviation;
        }
    }

    private QueryScores() {}

    /**
     * Replaces cosines by the scores of the sentences. Takes no memory of its own.
     *
     * @param cosines of query and sentences in document order; takes the scores
     * @param bm25    of the query over the same sentences; only read
     * @param count   how many sentences: the arrays may be longer
     */
    static void combine(float[] cosines, float[] bm25, int count) {
        Population ofBm25 = Population.of(bm25, count);
        Population ofCosines = Population.of(cosines, count);
        double before = 0;
        double here = 0;
        for (int i = 0; i <= count; i++) {
            double after = i == count ? 0 : BM25_WEIGHT * ofBm25.z(bm25[i]) + COSINE_WEIGHT * ofCosines.z(cosines[i]);
            if (i > 0) {
                cosines[i - 1] = (float) (here + NEIGHBOUR_WEIGHT * (before + after));
            }
            before = here;
            here = after;
        }
    }
}

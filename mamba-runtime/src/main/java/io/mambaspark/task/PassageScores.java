package io.mambaspark.task;

import io.mambaspark.model.PassageRules;
import io.mambaspark.text.Span;
import java.util.Arrays;

/** The passages of one document: 8 bytes a passage for its span, and one float a passage and query; never vectors. */
final class PassageScores implements QueryScores.Units {
    private static final int FIRST_CAPACITY = 64;

    private final String text;
    private final float[][] numbers;
    private int[] starts = new int[FIRST_CAPACITY];
    private int[] ends = new int[FIRST_CAPACITY];
    private int size;

    PassageScores(String text, int queries) {
        this.text = text;
        this.numbers = new float[queries][FIRST_CAPACITY];
    }

    /** Adds a passage; its numbers are still to be set. */
    void add(Span span) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            Arrays.setAll(numbers, query -> Arrays.copyOf(numbers[query], 2 * size));
        }
        starts[size] = span.start();
        ends[size] = span.end();
        size++;
    }

    @Override
    public int size() {
        return size;
    }

    Span span(int passage) {
        return new Span(starts[passage], ends[passage]);
    }

    @Override
    public String text(int passage) {
        return span(passage).of(text);
    }

    @Override
    public boolean isCandidate(int passage) {
        return true;
    }

    @Override
    public float number(int query, int passage) {
        return numbers[query][passage];
    }

    @Override
    public void number(int query, int passage, float number) {
        numbers[query][passage] = number;
    }

    /**
     * Replaces the cosines by scores: x = bm25 / Σidf + w · cosine, then the mean of it with that of the neighbours.
     *
     * @param lexical called for the passages in order
     * @param idfSums one a query
     */
    void combine(QueryScores.Lexical lexical, double[] idfSums, PassageRules rules) {
        float[] bm25 = new float[numbers.length];
        for (int passage = 0; passage < size; passage++) {
            lexical.score(text(passage), bm25);
            for (int query = 0; query < numbers.length; query++) {
                double ofWords = idfSums[query] == 0 ? 0 : bm25[query] / idfSums[query];
                numbers[query][passage] = (float) (ofWords + rules.cosineWeight() * numbers[query][passage]);
            }
        }
        for (float[] ofQuery : numbers) {
            smooth(ofQuery, rules.neighbourWeight());
        }
    }

    /** At the ends, the passage itself takes the place of its missing neighbour. */
    private void smooth(float[] scores, double weight) {
        float before = size == 0 ? 0 : scores[0];
        for (int i = 0; i < size; i++) {
            float here = scores[i];
            float after = scores[Math.min(i + 1, size - 1)];
            scores[i] = (float) ((here + weight * before + weight * after) / (1 + 2 * weight));
            before = here;
        }
    }

    /** The passages of the {@code most} highest numbers of a query, highest first. */
    int[] best(int query, int most) {
        return Ranking.best(numbers[query], size, most);
    }
}

package io.mambaspark.task;

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

    /** The passages of the {@code most} highest numbers of a query, highest first. */
    int[] best(int query, int most) {
        return Ranking.best(numbers[query], size, most);
    }
}

package io.mambaspark.text;

/**
 * A sentence, or what stands for one: a heading, a line of verse, a chat line.
 *
 * @param span      where it is, without white space around it
 * @param words     how many words it has, at least 1
 * @param candidate whether it is long enough to stand in a summary: three words
 */
public record Sentence(Span span, int words, boolean candidate) {
    /** The fewest words of a candidate. */
    public static final int CANDIDATE_WORDS = 3;

    static Sentence of(String text, int start, int end) {
        int words = Words.DEFAULT.count(text, start, end);
        return new Sentence(new Span(start, end), words, words >= CANDIDATE_WORDS);
    }
}

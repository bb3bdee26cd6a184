package io.mambaspark.text;

/**
 * A stretch of a text in UTF-16 indices, so that {@code text.substring(start, end)} is what it covers.
 *
 * @param start the first index, 0-based
 * @param end   the index behind the last one
 */
public record Span(int start, int end) {
    /** Refuses a span that ends before it starts or starts before the text. */
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span needs 0 <= start <= end, not [" + start + ", " + end + ")");
        }
    }

    /** The number of UTF-16 units covered. */
    public int length() {
        return end - start;
    }

    /** What the span covers of {@code text}. */
    public String of(String text) {
        return text.substring(start, end);
    }
}

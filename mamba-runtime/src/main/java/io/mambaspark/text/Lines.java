package io.mambaspark.text;

/** The lines of a stretch of a text, one after the other, without the white space around them. */
final class Lines {
    private final String text;
    private final int end;
    private int next;

    /** Where the line is in the text, white space included; and without it: empty for a blank line. */
    int from;

    int to;
    int start;
    int stop;

    Lines(String text, int from, int end) {
        this.text = text;
        this.next = from;
        this.end = end;
    }

    /** Moves on to the next line; false at the end. A text that ends in a line break has no line after it. */
    boolean next() {
        if (next >= end) {
            return false;
        }
        from = next;
        to = next;
        while (to < end && !isBreak(text.charAt(to))) {
            to++;
        }
        next = to < end ? afterBreak(text, to) : to;
        start = from;
        stop = to;
        while (start < stop && Words.isSpace(text.charAt(start))) {
            start++;
        }
        while (start < stop && Words.isSpace(text.charAt(stop - 1))) {
            stop--;
        }
        return true;
    }

    boolean isBlank() {
        return start == stop;
    }

    /** Whether {@code c} ends a line. */
    static boolean isBreak(char c) {
        return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Whether {@code c} ends a page or a column: what is after it starts anew. */
    static boolean isPageBreak(char c) {
        return c == '\f' || c == '\u000B';
    }

    /** Where the line starts after the break at {@code at}. */
    static int afterBreak(CharSequence text, int at) {
        return at + (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 2 : 1);
    }
}

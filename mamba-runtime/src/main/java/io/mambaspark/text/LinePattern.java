package io.mambaspark.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern that tells what a line is. Its {@code \w} and {@code \s} are Unicode's, and only a line feed ends a line. It may come
 * with a model, and the line from anybody: some pairs of these take time without bounds. So it sees the first {@value #LONGEST}
 * characters, and does not match if it has looked at characters too often. Immutable, thread-safe.
 */
public final class LinePattern {
    static final int LONGEST = 2000;
    /** A pattern that tells lines apart looks at each character a few times; so many leave room for a few dozen. */
    private static final int STEPS = 100 * LONGEST;

    private final Pattern pattern;
    /** The same for lines of ASCII, on which it says the same, many times faster. */
    private final Pattern ofAscii;

    private LinePattern(String regex) {
        pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
        ofAscii = Pattern.compile(regex, Pattern.UNIX_LINES);
    }

    /**
     * Compiles a regular expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public static LinePattern of(String regex) {
        return new LinePattern(regex);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** Whether this matches at the start of a line; {@code $} is its end. */
    boolean startsWith(Line line) {
        return matches(line, true);
    }

    /** Whether this matches anywhere in a line. */
    boolean isIn(Line line) {
        return matches(line, false);
    }

    private boolean matches(Line line, boolean atStart) {
        line.steps = 0;
        Matcher matcher = (line.ascii ? ofAscii : pattern).matcher(line).region(0, Math.min(LONGEST, line.length()));
        matcher.useAnchoringBounds(false);
        try {
            return atStart ? matcher.lookingAt() : matcher.find();
        } catch (TooManySteps e) {
            return false;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final TooManySteps INSTANCE = new TooManySteps();

        private TooManySteps() {
            super("a pattern looked at a text too often", null, false, false);
        }
    }

    /** A stretch of a text that counts how often it is looked at. For one thread. */
    static final class Line implements CharSequence {
        private final String text;
        private int start;
        private int end;
        private boolean ascii;
        private int steps;

        Line(String text) {
            this.text = text;
        }

        /** From now on this is {@code text.substring(from, to)}. */
        Line set(int from, int to) {
            start = from;
            end = to;
            ascii = true;
            for (int i = from; i < to && i - from < LONGEST && ascii; i++) {
                ascii = text.charAt(i) < 0x80;
            }
            return this;
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            if (++steps > STEPS) {
                throw TooManySteps.INSTANCE;
            }
            return text.charAt(start + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.subSequence(start + from, start + to);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}

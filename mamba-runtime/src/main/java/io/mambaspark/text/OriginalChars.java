package io.mambaspark.text;

import java.util.Set;

/** The characters of a text as they are, less some that are left out. Half a pair is read as U+FFFD. */
final class OriginalChars implements CharStream {
    private static final char MALFORMED = '\uFFFD';

    private final String text;
    private final char[] removed;
    private int at;

    OriginalChars(String text, Set<Character> removed) {
        this.text = text;
        this.removed = new char[removed.size()];
        int i = 0;
        for (char c : removed) {
            this.removed[i++] = c;
        }
    }

    @Override
    public int read(char[] chars, int[] ends, int from, int max) {
        int out = from;
        int full = from + max - 1;
        // Two units of room, so that a pair is never parted between two reads.
        while (at < text.length() && out < full) {
            char c = text.charAt(at++);
            if (isRemoved(c)) {
                continue;
            }
            boolean pair =
                    Character.isHighSurrogate(c) && at < text.length() && Character.isLowSurrogate(text.charAt(at));
            chars[out] = Character.isSurrogate(c) && !pair ? MALFORMED : c;
            if (pair) {
                chars[out + 1] = text.charAt(at++);
                ends[out++] = at;
            }
            ends[out++] = at;
        }
        return out - from;
    }

    private boolean isRemoved(char c) {
        for (char each : removed) {
            if (c == each) {
                return true;
            }
        }
        return false;
    }
}

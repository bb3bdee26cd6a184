package io.mambaspark.task;

import io.mambaspark.text.Words;

/** Cuts what is printed: at a number of words, and where a word is too long to be one. */
final class WordLimit {
    /** A longer run of characters is no word but data: a key, a sequence, an address. */
    static final int LONGEST_WORD = 200;

    private static final String CUT = "\u2026";

    private final Words words;

    WordLimit(Words words) {
        this.words = words;
    }

    /** {@code text} with "…" in the place of what is too much of a word. */
    String cutLongWords(String text) {
        StringBuilder cut = null;
        int run = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean ofWord = i < text.length() && !words.isBreak(text.charAt(i));
            if (ofWord) {
                run++;
                continue;
            }
            if (run > LONGEST_WORD) {
                cut = cut == null ? new StringBuilder() : cut;
                int end = i - run + LONGEST_WORD;
                end -= Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
                cut.append(text, from, end).append(CUT);
                from = i;
            }
            run = 0;
        }
        return cut == null ? text : cut.append(text, from, text.length()).toString();
    }

    /** The first {@code most} words of {@code text}, with "…" behind the last; the whole of it if it has no more. */
    String cut(String text, int most) {
        if (words.count(text, 0, text.length()) <= most) {
            return text;
        }
        int end = 0;
        int runs = 0;
        while (runs < most && end < text.length()) {
            end = skip(text, skip(text, end, true), false);
            runs++;
        }
        boolean more = skip(text, end, true) < text.length();
        int limit = more ? end : text.offsetByCodePoints(0, Math.min(2 * most, text.codePointCount(0, text.length())));
        return (fits(text, limit, most) ? text.substring(0, limit) : text.substring(0, longest(text, limit, most)))
                + CUT;
    }

    /** Between characters of a script without blanks, the mark of the cut may count as a word. */
    private boolean fits(String text, int end, int most) {
        String cut = text.substring(Math.max(0, end - 1), end) + CUT;
        int mark = words.count(cut, 0, cut.length()) - words.count(cut, 0, cut.length() - 1);
        return words.count(text, 0, end) + mark <= most;
    }

    /** The end of the longest start that fits; of one character at least. */
    private int longest(String text, int limit, int most) {
        int low = Math.min(limit, Character.charCount(text.codePointAt(0)));
        int high = limit;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (fits(text, middle, most)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Character.isHighSurrogate(text.charAt(low - 1)) ? low - 1 : low;
    }

    private static int skip(String text, int from, boolean whiteSpace) {
        int end = from;
        while (end < text.length() && Words.isSpace(text.charAt(end)) == whiteSpace) {
            end++;
        }
        return end;
    }
}

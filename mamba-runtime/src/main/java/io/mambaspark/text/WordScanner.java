package io.mambaspark.text;

/**
 * Finds the words that byte-pair encoding works on, as GPT-2's pattern does: <code>
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</code>, after digits were set apart if the
 * tokenizer says so.
 */
final class WordScanner {
    /** How digits are set apart before the pattern is applied to what lies between them. */
    enum Digits {
        /** Not at all. */
        TOGETHER,
        /** A run of digits is a piece. */
        RUNS,
        /** Each digit is a piece. */
        EACH
    }

    /** More text is needed to tell. */
    static final int UNKNOWN = -1;

    private final Digits digits;

    WordScanner(Digits digits) {
        this.digits = digits;
    }

    /**
     * Where the word that starts at {@code from} ends.
     *
     * @param limit  where the known text ends, above {@code from}; not inside a pair
     * @param closed whether the text to be split ends there
     * @return the end, or {@link #UNKNOWN} if it hangs on what comes behind {@code limit}
     */
    int end(char[] chars, int from, int limit, boolean closed) {
        char first = chars[from];
        if (first == '\'') {
            int contraction = contractionEnd(chars, from, limit, closed);
            if (contraction != from) {
                return contraction;
            }
        }
        byte kind = classAt(chars, from, limit);
        if (kind == CharClasses.SPACE) {
            return spaceEnd(chars, from, limit, closed);
        }
        if (kind == CharClasses.NUMBER && digits == Digits.EACH) {
            return from + lengthAt(chars, from, limit);
        }
        return known(runEnd(chars, from, limit, kind), limit, closed);
    }

    /** The end of 's, 't, 'm, 'd, 're, 've or 'll; {@code from} if there is none. */
    private static int contractionEnd(char[] chars, int from, int limit, boolean closed) {
        if (from + 1 == limit) {
            return closed ? from : UNKNOWN;
        }
        char second = switch (chars[from + 1]) {
            case 's', 't', 'm', 'd' -> 0;
            case 'r', 'v' -> 'e';
            case 'l' -> 'l';
            default -> Character.MAX_VALUE;
        };
        if (second == 0) {
            return from + 2;
        }
        if (second == Character.MAX_VALUE) {
            return from;
        }
        if (from + 2 == limit) {
            return closed ? from : UNKNOWN;
        }
        return chars[from + 2] == second ? from + 3 : from;
    }

    /** A word behind one blank keeps it; other white space is a word, but leaves its last character to what follows. */
    private int spaceEnd(char[] chars, int from, int limit, boolean closed) {
        int end = runEnd(chars, from, limit, CharClasses.SPACE);
        if (end == limit) {
            return closed ? end : UNKNOWN;
        }
        byte next = classAt(chars, end, limit);
        if (next == CharClasses.NUMBER && digits != Digits.TOGETHER) {
            return end;
        }
        if (end - from > 1) {
            return end - 1;
        }
        return chars[from] == ' ' ? known(runEnd(chars, end, limit, next), limit, closed) : end;
    }

    private static int known(int end, int limit, boolean closed) {
        return end < limit || closed ? end : UNKNOWN;
    }

    private static int runEnd(char[] chars, int from, int limit, byte kind) {
        int end = from;
        while (end < limit && classAt(chars, end, limit) == kind) {
            end += lengthAt(chars, end, limit);
        }
        return end;
    }

    private static byte classAt(char[] chars, int at, int limit) {
        char c = chars[at];
        return Character.isHighSurrogate(c)
                ? CharClasses.of(Character.codePointAt(chars, at, limit))
                : CharClasses.of(c);
    }

    private static int lengthAt(char[] chars, int at, int limit) {
        return Character.isHighSurrogate(chars[at]) ? Character.charCount(Character.codePointAt(chars, at, limit)) : 1;
    }
}

package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import java.util.Arrays;

/** The characters of a text: replaced, and lower-cased if the text is one in capitals. */
final class NormalisedChars implements CharStream {
    /** The one code point whose lower case is longer than one: readers are trained with it left as it is. */
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    private static final int WINDOW = 1 << 10;

    private final CharStream source;
    private final boolean lowerCased;
    private final Replacements replacements;
    private final char[] window = new char[WINDOW];
    private final int[] windowEnds = new int[WINDOW];
    private int at;
    private int limit;

    /** The characters of {@code text} as {@code normalisation} has them read. */
    static CharStream of(String text, TextNormalisation normalisation, boolean lowerCased) {
        LookAlikes lookAlikes = normalisation.lookAlikes();
        CharStream original = new OriginalChars(text, lookAlikes.removed());
        CharStream composed = lookAlikes.compose() && mayCompose(text) ? new NfcChars(original) : original;
        Replacements replacements = normalisation.replacements();
        return replacements.isEmpty() && !lowerCased
                ? composed
                : new NormalisedChars(composed, replacements, lowerCased);
    }

    private static boolean mayCompose(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= LookAlikes.FIRST_COMBINING) {
                return true;
            }
        }
        return false;
    }

    private NormalisedChars(CharStream source, Replacements replacements, boolean lowerCased) {
        this.source = source;
        this.replacements = replacements;
        this.lowerCased = lowerCased;
    }

    @Override
    public int read(char[] chars, int[] ends, int from, int max) {
        int out = from;
        int full = from + max - TextNormalisation.LONGEST_REPLACEMENT;
        while (out <= full && filled()) {
            char c = window[at];
            String replacement = replacements.of(c);
            if (replacement != null) {
                out = writeReplacement(replacement, windowEnds[at++], chars, ends, out);
            } else if (Character.isHighSurrogate(c)) {
                out = write(Character.toCodePoint(c, window[at + 1]), windowEnds[at], chars, ends, out);
                at += 2;
            } else {
                chars[out] = lowerCased ? (char) lowerCase(c) : c;
                ends[out++] = windowEnds[at++];
            }
        }
        return out - from;
    }

    private boolean filled() {
        if (at == limit) {
            limit = source.read(window, windowEnds, 0, WINDOW);
            at = 0;
        }
        return at < limit;
    }

    private int writeReplacement(String replacement, int end, char[] chars, int[] ends, int from) {
        int out = from;
        for (int i = 0; i < replacement.length(); ) {
            int c = replacement.codePointAt(i);
            i += Character.charCount(c);
            out = write(c, end, chars, ends, out);
        }
        return out;
    }

    private int write(int c, int end, char[] chars, int[] ends, int out) {
        int length = Character.toChars(lowerCased ? lowerCase(c) : c, chars, out);
        Arrays.fill(ends, out, out + length, end);
        return out + length;
    }

    private static int lowerCase(int c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        }
        return c == CAPITAL_I_WITH_DOT ? c : UCharacter.toLowerCase(c);
    }
}

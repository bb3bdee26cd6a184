package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import java.util.Arrays;

/** The characters of a text: replaced, and lower-cased if the text is one in capitals. */
final class NormalisedChars implements CharStream {
    private static final char MALFORMED = '\uFFFD';
    /** The one code point whose lower case is longer than one: readers are trained with it left as it is. */
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    private final String text;
    private final boolean lowerCased;
    private final char[] replaced;
    private final String[] replacements;
    private int at;

    NormalisedChars(String text, TextNormalisation normalisation, boolean lowerCased) {
        this.text = text;
        this.lowerCased = lowerCased;
        replaced = new char[normalisation.replace().size()];
        int i = 0;
        for (char c : normalisation.replace().keySet()) {
            replaced[i++] = c;
        }
        Arrays.sort(replaced);
        replacements = new String[replaced.length];
        for (i = 0; i < replaced.length; i++) {
            replacements[i] = normalisation.replace().get(replaced[i]);
        }
    }

    @Override
    public int read(char[] chars, int[] ends, int from, int max) {
        int out = from;
        int full = from + max - TextNormalisation.LONGEST_REPLACEMENT;
        while (at < text.length() && out <= full) {
            char c = text.charAt(at);
            String replacement = replacement(c);
            if (replacement != null) {
                out = writeReplacement(replacement, chars, ends, out);
            } else if (Character.isSurrogate(c)) {
                out = writeSurrogate(chars, ends, out);
            } else {
                chars[out] = lowerCased ? (char) lowerCase(c) : c;
                ends[out++] = ++at;
            }
        }
        return out - from;
    }

    private String replacement(char c) {
        if (replaced.length == 0 || c < replaced[0]) {
            return null;
        }
        int i = Arrays.binarySearch(replaced, c);
        return i < 0 ? null : replacements[i];
    }

    private int writeReplacement(String replacement, char[] chars, int[] ends, int from) {
        at++;
        int out = from;
        for (int i = 0; i < replacement.length(); ) {
            int c = replacement.codePointAt(i);
            i += Character.charCount(c);
            out = writeCodePoint(c, chars, ends, out);
        }
        return out;
    }

    private int writeSurrogate(char[] chars, int[] ends, int out) {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return writeCodePoint(Character.isSupplementaryCodePoint(c) ? c : MALFORMED, chars, ends, out);
    }

    private int writeCodePoint(int c, char[] chars, int[] ends, int out) {
        int length = Character.toChars(lowerCased ? lowerCase(c) : c, chars, out);
        Arrays.fill(ends, out, out + length, at);
        return out + length;
    }

    private static int lowerCase(int c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        }
        return c == CAPITAL_I_WITH_DOT ? c : UCharacter.toLowerCase(c);
    }
}

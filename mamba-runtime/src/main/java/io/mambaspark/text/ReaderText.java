package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import java.util.Objects;

/**
 * A text as the reader reads it: normalised, with an exact way back to the original. Immutable and thread-safe; holds
 * no copy of the text. Unpaired surrogates are read as U+FFFD.
 */
public final class ReaderText {
    private final String original;
    private final TextNormalisation normalisation;
    private final boolean lowerCased;

    private ReaderText(String original, TextNormalisation normalisation) {
        this.original = Objects.requireNonNull(original, "original");
        this.normalisation = Objects.requireNonNull(normalisation, "normalisation");
        this.lowerCased = normalisation.lowerCaseCapitals() && isInCapitals(original);
    }

    /** {@code original} as {@code normalisation} has it read. Looks at every letter once if capitals matter. */
    public static ReaderText of(String original, TextNormalisation normalisation) {
        return new ReaderText(original, normalisation);
    }

    /** The text as it was given. */
    public String original() {
        return original;
    }

    /** The whole text as it is read; as long as the document, so for short texts and tests. */
    public String normalised() {
        StringBuilder normalised = new StringBuilder(original.length());
        CharStream stream = characters();
        char[] chars = new char[1024];
        int[] ends = new int[chars.length];
        for (int read; (read = stream.read(chars, ends, 0, chars.length)) > 0; ) {
            normalised.append(chars, 0, read);
        }
        return normalised.toString();
    }

    /** The normalised characters, from the start. */
    CharStream characters() {
        return new NormalisedChars(original, normalisation, lowerCased);
    }

    private static boolean isInCapitals(String text) {
        long surplus = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                surplus += c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -1 : 0;
            } else if (UCharacter.isUUppercase(c)) {
                surplus++;
            } else if (UCharacter.isULowercase(c)) {
                surplus--;
            }
        }
        return surplus > 0;
    }
}

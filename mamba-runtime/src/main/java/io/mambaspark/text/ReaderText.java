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
    /** How many more capitals than small letters there are, from the start of the document on. */
    private final long capitals;

    private ReaderText(String original, TextNormalisation normalisation, long capitalsBefore) {
        this.original = Objects.requireNonNull(original, "original");
        this.normalisation = Objects.requireNonNull(normalisation, "normalisation");
        this.capitals = normalisation.lowerCaseCapitals() ? capitalsBefore + capitals(original) : 0;
    }

    /** {@code original} as {@code normalisation} has it read. Looks at every letter once if capitals matter. */
    public static ReaderText of(String original, TextNormalisation normalisation) {
        return new ReaderText(original, normalisation, 0);
    }

    /** The next text of a document of several: it is in capitals if the document is so far. */
    public ReaderText followedBy(String next) {
        return new ReaderText(next, normalisation, capitals);
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
        return new NormalisedChars(original, normalisation, capitals > 0);
    }

    private static long capitals(String text) {
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
        return surplus;
    }
}

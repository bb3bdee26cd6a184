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
    /** How many code points that was decided on. */
    private final long decidedOn;

    private ReaderText(String original, TextNormalisation normalisation, long capitalsBefore, long decidedBefore) {
        this.original = Objects.requireNonNull(original, "original");
        this.normalisation = Objects.requireNonNull(normalisation, "normalisation");
        if (!normalisation.lowerCaseCapitals()) {
            this.capitals = 0;
            this.decidedOn = 0;
            return;
        }
        long surplus = capitalsBefore;
        long seen = decidedBefore;
        for (int i = 0; i < original.length() && seen < normalisation.capitalsDecidedOn(); seen++) {
            int c = original.codePointAt(i);
            i += Character.charCount(c);
            surplus += surplus(c);
        }
        this.capitals = surplus;
        this.decidedOn = seen;
    }

    /** {@code original} as {@code normalisation} has it read. Looks at its start if capitals matter. */
    public static ReaderText of(String original, TextNormalisation normalisation) {
        return new ReaderText(original, normalisation, 0, 0);
    }

    /** The next text of a document of several: it is in capitals if the document is so far. */
    public ReaderText followedBy(String next) {
        return new ReaderText(next, normalisation, capitals, decidedOn);
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
        return NormalisedChars.of(original, normalisation, capitals > 0);
    }

    private static int surplus(int c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -1 : 0;
        }
        return UCharacter.isUUppercase(c) ? 1 : UCharacter.isULowercase(c) ? -1 : 0;
    }
}

package io.mambaspark.text;

import java.util.Map;

/**
 * What a reader does to a text before it is tokenised.
 *
 * @param replace            characters and what is read in their place: a curly quote as a straight one, … as three
 *                           points; an empty string leaves the character out
 * @param lowerCaseCapitals  whether a text with more upper-case than lower-case letters is read in lower case
 */
public record TextNormalisation(Map<Character, String> replace, boolean lowerCaseCapitals) {
    /** The text as it stands. */
    public static final TextNormalisation NONE = new TextNormalisation(Map.of(), false);

    /** The longest replacement, so that a window of fixed size always has room for one. */
    public static final int LONGEST_REPLACEMENT = 32;

    /** Refuses surrogates as keys, and replacements that are malformed or longer than {@link #LONGEST_REPLACEMENT}. */
    public TextNormalisation {
        replace = Map.copyOf(replace);
        replace.forEach(TextNormalisation::check);
    }

    private static void check(Character character, String replacement) {
        if (Character.isSurrogate(character)) {
            throw new IllegalArgumentException(
                    String.format("U+%04X is half a character and cannot be replaced", (int) character));
        }
        if (replacement.length() > LONGEST_REPLACEMENT) {
            throw new IllegalArgumentException(String.format(
                    "the replacement of U+%04X has %d characters, the limit is %d",
                    (int) character, replacement.length(), LONGEST_REPLACEMENT));
        }
        if (replacement.codePoints().anyMatch(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException(
                    String.format("the replacement of U+%04X holds half a character", (int) character));
        }
    }
}

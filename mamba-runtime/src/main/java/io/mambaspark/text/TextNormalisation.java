package io.mambaspark.text;

import java.util.Map;
import java.util.Objects;

/** What a reader does to a text before it is tokenised. Immutable, thread-safe. */
public final class TextNormalisation {
    /** The text as it stands. */
    public static final TextNormalisation NONE = new TextNormalisation(Map.of(), false);

    /** The longest replacement, so that a window of fixed size always has room for one. */
    public static final int LONGEST_REPLACEMENT = 32;

    private final LookAlikes lookAlikes;
    private final Map<Character, String> replace;
    private final boolean lowerCaseCapitals;
    private final long capitalsDecidedOn;
    private final Replacements replacements;

    /** Leaves look-alikes alone; the whole document decides about capitals. */
    public TextNormalisation(Map<Character, String> replace, boolean lowerCaseCapitals) {
        this(LookAlikes.NONE, replace, lowerCaseCapitals, Long.MAX_VALUE);
    }

    /**
     * A normalisation.
     *
     * @param lookAlikes        applied first: other spellings of the same characters
     * @param replace           characters and what is read in their place: a curly quote as a straight one, … as three
     *                          points; an empty string leaves the character out
     * @param lowerCaseCapitals whether a text with more upper-case than lower-case letters is read in lower case
     * @param capitalsDecidedOn how many code points at the start of a document decide that, at least 1
     * @throws IllegalArgumentException if half a character is replaced, or a replacement is malformed or longer than
     *     {@link #LONGEST_REPLACEMENT}
     */
    public TextNormalisation(
            LookAlikes lookAlikes, Map<Character, String> replace, boolean lowerCaseCapitals, long capitalsDecidedOn) {
        if (capitalsDecidedOn < 1) {
            throw new IllegalArgumentException(
                    "capitals must be decided on at least 1 character, not " + capitalsDecidedOn);
        }
        this.lookAlikes = lookAlikes;
        this.replace = Map.copyOf(replace);
        this.lowerCaseCapitals = lowerCaseCapitals;
        this.capitalsDecidedOn = capitalsDecidedOn;
        this.replacements = Replacements.of(lookAlikes, replace);
    }

    /** Other spellings of the same characters, applied first. */
    public LookAlikes lookAlikes() {
        return lookAlikes;
    }

    /** Characters and what is read in their place. */
    public Map<Character, String> replace() {
        return replace;
    }

    /** Whether a text with more upper-case than lower-case letters is read in lower case. */
    public boolean lowerCaseCapitals() {
        return lowerCaseCapitals;
    }

    /** How many code points at the start of a document decide whether it is in capitals. */
    public long capitalsDecidedOn() {
        return capitalsDecidedOn;
    }

    /** What is read in the place of a character, be it replaced or a look-alike. */
    Replacements replacements() {
        return replacements;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextNormalisation that
                && lookAlikes.equals(that.lookAlikes)
                && replace.equals(that.replace)
                && lowerCaseCapitals == that.lowerCaseCapitals
                && capitalsDecidedOn == that.capitalsDecidedOn;
    }

    @Override
    public int hashCode() {
        return Objects.hash(lookAlikes, replace, lowerCaseCapitals, capitalsDecidedOn);
    }

    @Override
    public String toString() {
        return "TextNormalisation[" + lookAlikes + ", replace=" + replace + ", lowerCaseCapitals=" + lowerCaseCapitals
                + ", capitalsDecidedOn=" + capitalsDecidedOn + "]";
    }
}

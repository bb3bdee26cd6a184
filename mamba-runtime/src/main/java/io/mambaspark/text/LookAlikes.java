package io.mambaspark.text;

import com.ibm.icu.text.Normalizer2;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spellings that look like others and are read as these: invisible characters are left out, then letters and their marks
 * composed (NFC), then each character of some ranges takes its compatibility form (NFKC): ligatures, full-width letters.
 *
 * @param removed       characters that are left out
 * @param compose       whether the text is brought to NFC
 * @param compatibility inclusive ranges whose characters take their NFKC form
 */
public record LookAlikes(Set<Character> removed, boolean compose, List<Range> compatibility) {
    /** Every character is what it is. */
    public static final LookAlikes NONE = new LookAlikes(Set.of(), false, List.of());

    /** NFC leaves all characters below it alone. */
    static final char FIRST_COMBINING = '\u0300';

    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

    /** The characters from {@code first} to {@code last}, both included. */
    public record Range(char first, char last) {
        /** Refuses a range that ends before it starts. */
        public Range {
            if (last < first) {
                throw new IllegalArgumentException(
                        String.format("the range U+%04X to U+%04X is empty", (int) first, (int) last));
            }
        }
    }

    /** Refuses surrogates. */
    public LookAlikes {
        removed = Set.copyOf(removed);
        compatibility = List.copyOf(compatibility);
        if (removed.stream().anyMatch(Character::isSurrogate)
                || compatibility.stream()
                        .anyMatch(range ->
                                range.first() <= Character.MAX_SURROGATE && range.last() >= Character.MIN_SURROGATE)) {
            throw new IllegalArgumentException("half a character has no look-alike");
        }
    }

    /** {@code text} with its look-alikes as they are read. */
    public String in(String text) {
        char first = first();
        boolean any = false;
        for (int i = 0; i < text.length() && !any; i++) {
            any = text.charAt(i) >= first;
        }
        return any
                ? ReaderText.of(text, new TextNormalisation(this, Map.of(), false, 1))
                        .normalised()
                : text;
    }

    /** Below it, no character changes. */
    private char first() {
        char first = compose ? FIRST_COMBINING : Character.MAX_VALUE;
        for (char c : removed) {
            first = (char) Math.min(first, c);
        }
        for (Range range : compatibility) {
            first = (char) Math.min(first, range.first());
        }
        return first;
    }

    /** What is read in the place of the characters of {@link #compatibility} that change. */
    Map<Character, String> forms() {
        Map<Character, String> forms = new HashMap<>();
        for (Range range : compatibility) {
            for (int c = range.first(); c <= range.last(); c++) {
                String form = NFKC.normalize(Character.toString(c));
                if (form.length() != 1 || form.charAt(0) != c) {
                    forms.put((char) c, form);
                }
            }
        }
        return forms;
    }
}

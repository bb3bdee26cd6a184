package io.mambaspark.text;

import java.util.Set;

/**
 * English abbreviations whose point seldom ends a sentence, where ICU ends one: CLDR lacks them, they have a point
 * inside (ICU compares only up to the first one), or they stand at the end of a line.
 */
final class Abbreviations {
    private static final Set<String> WORDS = Set.of(
            "Dr.", "Mr.", "Mrs.", "Ms.", "Messrs.", "Mme.", "Mlle.", "St.", "Rt.", "Hon.", "Rev.", "Prof.", "Gen.",
            "Gov.", "Sen.", "Lt.", "Col.", "Capt.", "Maj.", "Sgt.", "Fig.", "Figs.", "fig.", "figs.", "Eq.", "Sec.",
            "Vol.", "Ch.", "No.", "Nos.", "Art.", "vs.", "v.", "cf.", "Cf.", "viz.", "i.e.", "I.e.", "e.g.", "E.g.",
            "al.", "ca.", "pp.");

    private static final int LONGEST =
            WORDS.stream().mapToInt(String::length).max().orElseThrow();

    /** Opening quotes and brackets that may stand before it. */
    private static final int LONGEST_OPENING = 3;

    private Abbreviations() {}

    /** Whether the word that ends at {@code end} is one, or an initial ("J. K. Rowling", but not "It was I."). */
    static boolean endsAt(String text, int end) {
        if (end == 0 || text.charAt(end - 1) != '.') {
            return false;
        }
        int start = end - 1;
        int reach = Math.max(0, end - LONGEST - LONGEST_OPENING);
        while (start > reach && !Words.isSpace(text.charAt(start - 1))) {
            start--;
        }
        boolean isWordStart = start == 0 || Words.isSpace(text.charAt(start - 1));
        while (start < end - 1 && CharClasses.of(text.charAt(start)) != CharClasses.LETTER) {
            start++;
        }
        return isWordStart && (isInitial(text, start, end) || WORDS.contains(text.substring(start, end)));
    }

    private static boolean isInitial(String text, int start, int end) {
        char letter = text.charAt(start);
        return end - start == 2 && letter >= 'A' && letter <= 'Z' && letter != 'I';
    }
}

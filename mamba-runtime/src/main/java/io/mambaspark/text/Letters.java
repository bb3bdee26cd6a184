package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;

/** Letters and their case, as ICU knows them. */
public final class Letters {
    private Letters() {}

    /** Whether {@code c} is a letter. */
    public static boolean isLetter(int c) {
        return CharClasses.of(c) == CharClasses.LETTER;
    }

    /** Whether {@code c} is a letter, a digit or another number. */
    public static boolean isLetterOrNumber(int c) {
        byte kind = CharClasses.of(c);
        return kind == CharClasses.LETTER || kind == CharClasses.NUMBER;
    }

    /** Whether {@code c} is a capital. */
    public static boolean isUpper(int c) {
        return c < 0x80 ? c >= 'A' && c <= 'Z' : UCharacter.isUUppercase(c);
    }

    /** Whether {@code c} is a small letter. */
    public static boolean isLower(int c) {
        return c < 0x80 ? c >= 'a' && c <= 'z' : UCharacter.isULowercase(c);
    }

    /** The share of capitals among the letters of {@code text}; 1 if it has none. */
    static double capitalsShare(String text) {
        long capitals = 0;
        long letters = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isLetter(c)) {
                letters++;
                capitals += isUpper(c) ? 1 : 0;
            }
        }
        return letters == 0 ? 1 : (double) capitals / letters;
    }
}

package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/**
 * The four classes of code points that the GPT-2 pattern tells apart: {@code \p{L}}, {@code \p{N}}, {@code \s} and the
 * rest. Unpaired surrogates belong to the rest, as U+FFFD does.
 */
final class CharClasses {
    static final byte OTHER = 0;
    static final byte LETTER = 1;
    static final byte NUMBER = 2;
    static final byte SPACE = 3;

    private static final byte[] BMP = basicPlane();

    private CharClasses() {}

    static byte of(char c) {
        return BMP[c];
    }

    static byte of(int codePoint) {
        return codePoint < BMP.length ? BMP[codePoint] : classify(codePoint);
    }

    /** Whether {@code c} is white space (the Unicode property; there is none beyond the basic plane). */
    static boolean isSpace(char c) {
        return BMP[c] == SPACE;
    }

    private static byte[] basicPlane() {
        byte[] classes = new byte[1 << Character.SIZE];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = classify(c);
        }
        return classes;
    }

    private static byte classify(int codePoint) {
        if (UCharacter.hasBinaryProperty(codePoint, UProperty.WHITE_SPACE)) {
            return SPACE;
        }
        return switch (UCharacter.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            default -> OTHER;
        };
    }
}

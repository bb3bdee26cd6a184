package io.mambaspark.text;

import java.util.Arrays;

/**
 * The printable character that stands for each byte in the tokens of a byte-level vocabulary (GPT-2's {@code
 * bytes_to_unicode}): printable Latin-1 characters stand for themselves, the other 68 bytes follow from U+0100 on.
 */
final class ByteAlphabet {
    private static final char[] CHARACTERS = new char[256];
    private static final short[] BYTES = new short[0x180];

    static {
        Arrays.fill(BYTES, (short) -1);
        char next = 0x100;
        for (char b = 0; b < CHARACTERS.length; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= '\u00A1' && b <= '\u00AC') || b >= '\u00AE';
            CHARACTERS[b] = printable ? b : next++;
            BYTES[CHARACTERS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /** The character that stands for byte {@code value} (0 to 255). */
    static char character(int value) {
        return CHARACTERS[value];
    }

    /** The bytes that {@code token} stands for, or null if a character of it stands for none. */
    static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return null;
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }
}

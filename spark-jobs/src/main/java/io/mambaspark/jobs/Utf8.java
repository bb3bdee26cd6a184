package io.mambaspark.jobs;

import java.nio.charset.StandardCharsets;

/** Text from bytes that should be UTF-8. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int BOM_BYTES = 3;

    private Utf8() {}

    /** Decodes all of {@code bytes}: a byte order mark is dropped, what is malformed becomes U+FFFD and is counted. */
    static SourceText decode(byte[] bytes) {
        int from = startsWith(bytes, 0, 0xEF, 0xBB, 0xBF) ? BOM_BYTES : 0;
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return new SourceText(text, null, replacements(text) - replacements(bytes));
    }

    /** Whether {@code text} takes more than {@code limit} bytes; counts only when its length leaves that open. */
    static boolean isLongerThan(int limit, String text) {
        if (text.length() > limit) {
            return true;
        }
        long most = 3L * text.length();
        return most > limit && length(text) > limit;
    }

    private static long length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                bytes += 1; // half of a pair: two of four bytes
            } else if (c >= 0x800) {
                bytes += 2;
            } else if (c >= 0x80) {
                bytes += 1;
            }
        }
        return bytes;
    }

    private static long replacements(String text) {
        return text.chars().filter(c -> c == REPLACEMENT).count();
    }

    /** The replacement characters that the file itself holds. */
    private static long replacements(byte[] bytes) {
        long count = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (startsWith(bytes, i, 0xEF, 0xBF, 0xBD)) {
                count++;
            }
        }
        return count;
    }

    private static boolean startsWith(byte[] bytes, int at, int first, int second, int third) {
        return bytes.length >= at + 3
                && (bytes[at] & 0xFF) == first
                && (bytes[at + 1] & 0xFF) == second
                && (bytes[at + 2] & 0xFF) == third;
    }
}

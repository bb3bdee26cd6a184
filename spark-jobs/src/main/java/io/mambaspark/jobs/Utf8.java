package io.mambaspark.jobs;

/** How long a text is in UTF-8. */
final class Utf8 {
    private Utf8() {}

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
}

package io.mambaspark.index.shard;

/** Words that a line end divides: {@code infor-} at the end of a line and {@code mation} at the start of the next. */
final class HyphenatedWords {
    private static final String HYPHENS = "-\u2010\u00AD";

    private HyphenatedWords() {}

    /** Each of them whole, with a blank behind it: {@code "information "}; empty if there is none. */
    static String whole(String text) {
        StringBuilder words = new StringBuilder();
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
            int hyphen = feed - 1;
            while (hyphen >= 0 && isBlank(text.charAt(hyphen))) {
                hyphen--;
            }
            if (hyphen < 1 || HYPHENS.indexOf(text.charAt(hyphen)) < 0) {
                continue;
            }
            int second = feed + 1;
            while (second < text.length() && isBlank(text.charAt(second))) {
                second++;
            }
            int start = hyphen;
            while (start > 0 && isOfWord(text.codePointBefore(start))) {
                start -= Character.charCount(text.codePointBefore(start));
            }
            int end = second;
            while (end < text.length() && isOfWord(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
            }
            if (start < hyphen && second < end) {
                words.append(text, start, hyphen).append(text, second, end).append(' ');
            }
        }
        return words.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private static boolean isOfWord(int c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }
}

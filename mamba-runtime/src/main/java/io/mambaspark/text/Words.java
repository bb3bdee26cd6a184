package io.mambaspark.text;

/** Words as summaries count them: runs of characters that are not white space (the Unicode property). */
public final class Words {
    private Words() {}

    /** How many words, or ends of words, lie in {@code text.substring(start, end)}. */
    public static int count(CharSequence text, int start, int end) {
        int words = 0;
        boolean inside = false;
        for (int i = start; i < end; i++) {
            boolean space = isSpace(text.charAt(i));
            words += inside || space ? 0 : 1;
            inside = !space;
        }
        return words;
    }

    /** Whether {@code c} parts words. */
    public static boolean isSpace(char c) {
        return CharClasses.isSpace(c);
    }
}

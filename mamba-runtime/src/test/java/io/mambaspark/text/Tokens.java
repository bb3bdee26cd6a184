package io.mambaspark.text;

import java.util.Arrays;

/** All tokens of a short text, and where they end. */
@SuppressWarnings("ArrayRecordComponent") // Compared by their arrays.
record Tokens(int[] ids, int[] ends) {
    static Tokens of(Tokenizer tokenizer, String text, int batch) {
        return of(tokenizer, ReaderText.of(text, TextNormalisation.NONE), batch);
    }

    static Tokens of(Tokenizer tokenizer, ReaderText text, int batch) {
        TokenCursor cursor = tokenizer.tokens(text);
        int[] ids = new int[batch];
        int[] ends = new int[batch];
        int count = 0;
        for (int read; (read = cursor.next(ids, ends, count, batch)) > 0; ) {
            count += read;
            if (count + batch > ids.length) {
                ids = Arrays.copyOf(ids, 2 * count + batch);
                ends = Arrays.copyOf(ends, ids.length);
            }
        }
        return new Tokens(Arrays.copyOf(ids, count), Arrays.copyOf(ends, count));
    }
}

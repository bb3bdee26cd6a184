package io.mambaspark.reading;

import io.mambaspark.text.TokenCursor;

/** The tokens of a text one by one; the next one can be looked at before it is taken. */
final class LookAhead {
    private static final int CHUNK = 256;

    private final TokenCursor cursor;
    private final int[] ids = new int[CHUNK];
    private final int[] ends = new int[CHUNK];
    private int at;
    private int count;

    LookAhead(TokenCursor cursor) {
        this.cursor = cursor;
    }

    boolean hasNext() {
        if (at == count) {
            count = cursor.next(ids, ends, 0, CHUNK);
            at = 0;
        }
        return at < count;
    }

    /** The next token's id. */
    int id() {
        return ids[at];
    }

    /** Where the next token ends in the text. */
    int end() {
        return ends[at];
    }

    void take() {
        at++;
    }
}

package io.mambaspark.text;

import java.util.OptionalInt;

/** Turns text into the token ids of one vocabulary, and back. Implementations are immutable and thread-safe. */
public interface Tokenizer {
    /** The tokens of {@code text}, streamed; text never yields a special token. */
    TokenCursor tokens(ReaderText text);

    /** The tokens of {@code text} as it stands; {@code <|doc|>} in it is seven characters, not a special token. */
    int[] encode(String text);

    /** The tokens of a prompt of our own making, in which {@code <|doc|>} and its like are the special tokens. */
    int[] encodeWithSpecials(String text);

    /**
     * The text of {@code ids}, special tokens included; bytes that are no UTF-8 become U+FFFD.
     *
     * @throws IllegalArgumentException if an id is not in the vocabulary
     */
    String decode(int[] ids);

    /** One more than the highest id. */
    int vocabularySize();

    /** The id of the special token spelt {@code content}, if the vocabulary has it. */
    OptionalInt special(String content);

    /** How many tokens {@code text} has; reads it once, streamed. */
    default long count(ReaderText text) {
        TokenCursor cursor = tokens(text);
        int[] ids = new int[1024];
        int[] ends = new int[1024];
        long count = 0;
        for (int read; (read = cursor.next(ids, ends, 0, ids.length)) > 0; ) {
            count += read;
        }
        return count;
    }
}

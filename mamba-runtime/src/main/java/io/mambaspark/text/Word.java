package io.mambaspark.text;

/**
 * A word, in the sense of the pre-tokenizer, and its tokens. Nothing changes the arrays after construction, and final
 * fields make it safe to publish through a data race (see {@link WordCache}).
 *
 * @param chars its UTF-16 units; empty for a word too long to be remembered
 * @param ids   its tokens
 * @param ends  where each token ends, in UTF-16 units from the start of the word
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copies would cost what the cache saves.
record Word(char[] chars, int[] ids, int[] ends) {
    int length() {
        return ends[ends.length - 1];
    }
}

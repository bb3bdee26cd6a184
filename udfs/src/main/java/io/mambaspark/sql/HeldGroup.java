package io.mambaspark.sql;

import java.io.Serializable;

/** A group as an aggregation by Spark's public interfaces has it, where the limit in words comes with each row. */
public final class HeldGroup implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupTexts texts;
    private Integer maxWords;

    /** No rows yet, and at most {@code maxBytes} of compressed texts. */
    public HeldGroup(long maxBytes) {
        this.texts = new GroupTexts(maxBytes);
    }

    /** Takes a row: a text, as UTF-8, with the key of its place, and the limit, which is null for NULL. */
    public HeldGroup add(byte[] key, byte[] text, Integer newMaxWords) {
        texts.add(key, text);
        maxWords = newMaxWords;
        return this;
    }

    /** Takes the rows of {@code other}. */
    public HeldGroup addAll(HeldGroup other) {
        texts.addAll(other.texts);
        maxWords = maxWords == null ? other.maxWords : maxWords;
        return this;
    }

    /** The texts of the rows. */
    public GroupTexts texts() {
        return texts;
    }

    /** The limit; null for NULL, or without a row. */
    public Integer maxWords() {
        return maxWords;
    }
}

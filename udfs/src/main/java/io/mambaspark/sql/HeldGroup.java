package io.mambaspark.sql;

import java.io.Serializable;

/** A group as an aggregation by Spark's public interfaces has it, where the settings come with each row. */
public final class HeldGroup implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupTexts texts;
    private SummarySettings settings;

    /** No rows yet, and at most {@code maxBytes} of compressed texts. */
    public HeldGroup(long maxBytes) {
        this.texts = new GroupTexts(maxBytes);
    }

    /** Takes a row: a text, as UTF-8, with the key of its place, and how the group is to be summarized. */
    public HeldGroup add(byte[] key, byte[] text, SummarySettings newSettings) {
        texts.add(key, text);
        settings = newSettings;
        return this;
    }

    /** Takes the rows of {@code other}. */
    public HeldGroup addAll(HeldGroup other) {
        texts.addAll(other.texts);
        settings = settings == null ? other.settings : settings;
        return this;
    }

    /** The texts of the rows. */
    public GroupTexts texts() {
        return texts;
    }

    /** How the group is to be summarized; null without a row. */
    public SummarySettings settings() {
        return settings;
    }
}

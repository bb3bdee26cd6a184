package io.mambaspark.task;

import java.util.Locale;

/** How a summary is printed. */
public enum SummaryFormat {
    /** Running text. */
    TEXT,
    /** A line with a dash for each sentence, or for sentences that belong together. */
    BULLETS,
    /** A line for each section of the document, after its heading. */
    OUTLINE;

    /** The name that users write: {@code text}, {@code bullets} or {@code outline}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

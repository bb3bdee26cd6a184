package io.mambaspark.index;

/** What of a document becomes a passage. */
public enum Passages {
    /** Whole sentences, packed until 128 tokens, as the model was trained. */
    RULE,
    /** The whole document is one passage. */
    WHOLE
}

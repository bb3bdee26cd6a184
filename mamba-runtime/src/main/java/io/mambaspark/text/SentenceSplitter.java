package io.mambaspark.text;

import java.util.Iterator;

/**
 * Splits a text into units: sentences where it is running text, lines where it is a table, code, a log or the like. Wrapped lines
 * are read on; an end mark ends a sentence unless it is that of an abbreviation or the next word is in lower case; in a text
 * without capitals it always does; a blank line, a form feed and a vertical tab always end one. A character that is not white
 * space is in at most one unit, and in exactly one but for the marks around code. Immutable, thread-safe.
 */
public final class SentenceSplitter {
    private static final SentenceSplitter ENGLISH = new SentenceSplitter(UnitRules.PLAIN);

    private final UnitRules rules;

    /** A splitter for English with the rules of a reader. */
    public SentenceSplitter(UnitRules rules) {
        this.rules = rules;
    }

    /** The splitter for English where all is running text. */
    public static SentenceSplitter english() {
        return ENGLISH;
    }

    /**
     * The units of {@code text}, in order, found as they are asked for: nothing is kept but the one at hand. The iterator is not
     * thread-safe.
     */
    public Iterator<Sentence> split(String text) {
        return new Units(text, rules);
    }
}

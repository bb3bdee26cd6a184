package io.mambaspark.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.Iterator;

/**
 * Splits a text into sentences. Wrapped lines are read on; ICU finds the sentences, knowing the abbreviations of CLDR;
 * a piece belongs to the one before if it starts in lower case, or if that one ends in an abbreviation and the line
 * goes on; a blank line always ends a sentence. Each character that is not white space lies in exactly one sentence.
 * Immutable and thread-safe.
 */
public final class SentenceSplitter {
    private static final SentenceSplitter ENGLISH = new SentenceSplitter(prototype());

    /** Costly to build and not thread-safe: never used, only cloned. */
    private final BreakIterator prototype;

    private SentenceSplitter(BreakIterator prototype) {
        this.prototype = prototype;
    }

    /** The splitter for English. */
    public static SentenceSplitter english() {
        return ENGLISH;
    }

    /**
     * The sentences of {@code text}, in order, found as they are asked for: nothing is kept but the one at hand. The
     * iterator is not thread-safe.
     */
    public Iterator<Sentence> split(String text) {
        BreakIterator breaks = (BreakIterator) prototype.clone();
        breaks.setText(new UnwrappedText(text));
        return new Sentences(text, breaks);
    }

    private static BreakIterator prototype() {
        return FilteredBreakIteratorBuilder.getInstance(ULocale.ENGLISH)
                .wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.ENGLISH));
    }
}

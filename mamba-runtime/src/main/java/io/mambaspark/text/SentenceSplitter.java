package io.mambaspark.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.Iterator;
import java.util.List;

/**
 * Splits a text into sentences. Wrapped lines are read on; ICU finds the sentences, knowing the abbreviations of CLDR
 * and some more; a piece that starts in lower case belongs to the one before; a blank line always ends a sentence. Each
 * character that is not white space lies in exactly one sentence. Immutable and thread-safe.
 */
public final class SentenceSplitter {
    /**
     * Abbreviations that CLDR lacks and that seldom end a sentence. ICU compares the end of the text, not a word: a
     * short one in lower case would also be found at the end of other words.
     */
    private static final List<String> ABBREVIATIONS = List.of(
            "Dr.", "Mr.", "Mrs.", "Ms.", "Messrs.", "Mme.", "Mlle.", "St.", "Rt.", "Hon.", "Prof.", "Gen.", "Gov.",
            "Sen.", "Lt.", "Col.", "Capt.", "Sgt.", "Fig.", "Figs.", "fig.", "figs.", "Eq.", "Sec.", "Vol.", "Ch.",
            "No.", "Nos.", "Art.", "vs.", "cf.", "Cf.", "viz.", "i.e.", "e.g.", "et al.");

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
        FilteredBreakIteratorBuilder builder = FilteredBreakIteratorBuilder.getInstance(ULocale.ENGLISH);
        ABBREVIATIONS.forEach(builder::suppressBreakAfter);
        return builder.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.ENGLISH));
    }
}

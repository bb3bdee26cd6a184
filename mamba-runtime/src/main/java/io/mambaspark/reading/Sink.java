package io.mambaspark.reading;

import io.mambaspark.text.Sentence;
import io.mambaspark.text.Span;

/**
 * What is drawn from the reading of one document; several sinks may share a reading, so that one pass yields all of it.
 * Each hears only what it wants, in the order of the text; vectors belong to the reading and must not be changed. Used by
 * one thread; an exception of a sink becomes its error and leaves the other sinks alone.
 *
 * @param <R> what it makes of the document
 */
public interface Sink<R> extends AutoCloseable {
    /** Whether {@link #sentence} shall be called; computing vectors has its price. */
    default boolean wantsSentences() {
        return false;
    }

    /** Whether {@link #passage} shall be called. */
    default boolean wantsPassages() {
        return false;
    }

    /** Whether {@link #logProbability} shall be called; this makes reading about twice as dear. */
    default boolean wantsLogProbabilities() {
        return false;
    }

    /** What comes is of {@code text}, and spans are, until this is called again: a document may come as several texts. */
    default void begin(String text) {}

    /** Takes the next sentence: how many tokens it has, and its vector {@code [dimension]}, unit length. */
    default void sentence(Sentence sentence, int tokens, float[] vector) {}

    /** Takes the next passage: how many tokens it has, and its vector {@code [dimension]}, unit length. */
    default void passage(Span span, int tokens, float[] vector) {}

    /**
     * Takes the natural logarithm of the next token's probability after all tokens before it. The first token of the text
     * follows the document marker; a model without one gives it no probability, and this is not called for it.
     */
    default void logProbability(float logProbability) {}

    /**
     * What is ready before the end, for callers who take a long document's results in parts; null if nothing is. Asked
     * after each block; what it gave is not given again.
     */
    default R part() {
        return null;
    }

    /** The document is read: gives what came of it, less what {@link #part} gave. Never null. */
    R finish(DocumentEnd end);

    /** Gives back what the sink holds; called once, when the reading has ended, failed or been dropped. */
    @Override
    default void close() {}
}

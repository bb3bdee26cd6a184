package io.mambaspark.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The tokens that {@link EnglishAnalysis} makes of a text: stop words gone, stemmed. Thread-safe. */
final class EnglishTokens {
    /** No field of an index: the analyzer only wants a name. */
    static final String FIELD = "sentence";

    private final TermRules rules;

    EnglishTokens(TermRules rules) {
        this.rules = rules;
    }

    /** Takes the tokens of a text one by one. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes the next token.
         *
         * @param chars   holds the token at its start; valid during the call only
         * @param length  the length of the token
         * @param overlap whether the token stands at the position of the one before
         */
        void token(char[] chars, int length, boolean overlap);
    }

    void of(String text, Sink sink) {
        try (TokenStream stream =
                EnglishAnalysis.of(rules).tokenStream(FIELD, rules.lookAlikes().in(text))) {
            CharTermAttribute token = stream.getAttribute(CharTermAttribute.class);
            PositionIncrementAttribute position = stream.getAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                sink.token(token.buffer(), token.length(), position.getPositionIncrement() == 0);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string in memory failed", e);
        }
    }
}

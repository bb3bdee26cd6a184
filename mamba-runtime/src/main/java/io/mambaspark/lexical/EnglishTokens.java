package io.mambaspark.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The tokens that Lucene's {@link EnglishAnalyzer} makes of a text: stop words gone, stemmed. Thread-safe. */
final class EnglishTokens {
    /** Lucene keeps one token stream a thread in each, so that a sentence costs no new objects. */
    private static final Analyzer PLAIN = new EnglishAnalyzer();

    private static final Analyzer FOLDING = new Folding();

    /** No field of an index: the analyzer only wants a name. */
    static final String FIELD = "sentence";

    private final TermRules rules;

    EnglishTokens(TermRules rules) {
        this.rules = rules;
    }

    /** {@link EnglishAnalyzer}'s chain with a filter that folds accents before words are compared with anything. */
    private static final class Folding extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer source = new StandardTokenizer();
            TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(source)));
            TokenStream stems = new PorterStemFilter(new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET));
            return new TokenStreamComponents(source, stems);
        }
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
        Analyzer analyzer = rules.foldAccents() ? FOLDING : PLAIN;
        try (TokenStream stream = analyzer.tokenStream(FIELD, rules.lookAlikes().in(text))) {
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

package io.mambaspark.lexical;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/** What makes terms of words, the same inside a document and in an index. */
public final class EnglishAnalysis {
    /** Lucene keeps one token stream a thread in each, so that a sentence costs no new objects. */
    private static final Analyzer PLAIN = new EnglishAnalyzer();

    private static final Analyzer FOLDING = new Folding();

    private EnglishAnalysis() {}

    /**
     * Lucene's {@link EnglishAnalyzer}, or its chain with accents folded before words are compared with anything. It knows nothing
     * of look-alikes: {@link TermRules#lookAlikes} are to be applied to the text before. Thread-safe; not to be closed.
     */
    public static Analyzer of(TermRules rules) {
        return rules.foldAccents() ? FOLDING : PLAIN;
    }

    private static final class Folding extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer source = new StandardTokenizer();
            TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(source)));
            TokenStream stems = new PorterStemFilter(new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET));
            return new TokenStreamComponents(source, stems);
        }
    }
}

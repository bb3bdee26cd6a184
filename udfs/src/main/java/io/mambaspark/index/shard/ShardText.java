package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.lexical.EnglishAnalysis;
import io.mambaspark.lexical.TermRules;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;

/** What Lucene is given of a text, so that passages and queries have the terms of their index. Thread-safe. */
final class ShardText {
    private final TermRules rules;
    private final boolean joinHyphens;

    ShardText(IndexTerms terms) {
        this.rules = terms.rules();
        this.joinHyphens = terms.joinHyphens();
    }

    /** What makes terms of {@link #values}. */
    Analyzer analyzer() {
        return EnglishAnalysis.of(rules);
    }

    /** The text as it is read, then, if there are such, the words that its line ends divide. */
    List<String> values(String text) {
        String words = joinHyphens ? HyphenatedWords.whole(text) : "";
        List<String> values = words.isEmpty() ? List.of(text) : List.of(text, words);
        return values.stream().map(value -> rules.lookAlikes().in(value)).toList();
    }
}

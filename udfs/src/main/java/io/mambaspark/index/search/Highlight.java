package io.mambaspark.index.search;

import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.lexical.TermRules;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.List;

/** Marks the sentence of a passage that says most of what a query asks, by BM25 over the passage's sentences. */
final class Highlight {
    private static final String MARK = "**";

    private final QueryTerms query;

    Highlight(String query, TermRules rules) {
        this.query = QueryTerms.of(List.of(query), rules);
    }

    /** The text with its best sentence, the first of equal ones, between marks; as it is if no word of the query is in it. */
    String mark(String text) {
        Span best = best(text);
        return best == null
                ? text
                : text.substring(0, best.start()) + MARK + best.of(text) + MARK + text.substring(best.end());
    }

    private Span best(String text) {
        List<Span> sentences = new ArrayList<>();
        SentenceBm25 bm25 = new SentenceBm25(query);
        for (var each = SentenceSplitter.english().split(text); each.hasNext(); ) {
            Sentence sentence = each.next();
            sentences.add(sentence.span());
            bm25.count(sentence.span().of(text));
        }
        Span best = null;
        float bestScore = 0;
        float[] score = new float[1];
        for (Span sentence : sentences) {
            bm25.score(sentence.of(text), score);
            if (score[0] > bestScore) {
                best = sentence;
                bestScore = score[0];
            }
        }
        return best;
    }
}

package io.mambaspark.index.shard;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a query as a shard knows them: stop words gone, stemmed. A query of which nothing is left finds nothing.
 *
 * @param terms  each once, sorted; must not be changed
 * @param counts how often each occurs in the query; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LexicalQuery(String[] terms, int[] counts) implements Serializable {
    /** Analyses a text. */
    public static LexicalQuery of(String text) {
        Map<String, Integer> terms = new TreeMap<>();
        try (TokenStream stream = ShardFields.ANALYZER.tokenStream(ShardFields.TEXT, text)) {
            CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string in memory failed", e);
        }
        return new LexicalQuery(
                terms.keySet().toArray(String[]::new),
                terms.values().stream().mapToInt(Integer::intValue).toArray());
    }

    /** How many terms there are. */
    public int size() {
        return terms.length;
    }
}

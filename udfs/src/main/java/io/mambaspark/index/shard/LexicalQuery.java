package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexTerms;
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
    /** Analyses a text as an index with these terms does. */
    public static LexicalQuery of(String text, IndexTerms index) {
        Map<String, Integer> terms = new TreeMap<>();
        ShardText asked = new ShardText(index);
        for (String value : asked.values(text)) {
            add(terms, asked, value);
        }
        return new LexicalQuery(
                terms.keySet().toArray(String[]::new),
                terms.values().stream().mapToInt(Integer::intValue).toArray());
    }

    private static void add(Map<String, Integer> terms, ShardText asked, String value) {
        try (TokenStream stream = asked.analyzer().tokenStream(ShardFields.TEXT, value)) {
            CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string in memory failed", e);
        }
    }

    /** How many terms there are. */
    public int size() {
        return terms.length;
    }
}

package io.mambaspark.lexical;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.util.BytesRef;

/**
 * The terms of some queries, analysed once for any number of documents: stop words gone, stemmed, each with the number of times
 * it occurs in its query. A query of which nothing is left is kept: it scores 0 everywhere. Immutable, thread-safe.
 */
public final class QueryTerms {
    /** A term of a query, by its number, and how often it occurs there. */
    record Counted(int term, int count) {}

    private static final int NONE = -1;

    private final EnglishTokens tokens;
    private final CharArrayMap<Integer> numbers;
    private final List<BytesRef> terms;
    private final List<List<Counted>> queries;

    private QueryTerms(
            EnglishTokens tokens, CharArrayMap<Integer> numbers, List<BytesRef> terms, List<List<Counted>> queries) {
        this.tokens = tokens;
        this.numbers = numbers;
        this.terms = List.copyOf(terms);
        this.queries = List.copyOf(queries);
    }

    /** Analyses {@code queries}; their order is that of the scores. */
    public static QueryTerms of(List<String> queries) {
        return of(queries, TermRules.PLAIN);
    }

    /** Analyses {@code queries} by rules, and texts too; their order is that of the scores. */
    public static QueryTerms of(List<String> queries, TermRules rules) {
        EnglishTokens tokens = new EnglishTokens(rules);
        CharArrayMap<Integer> numbers = new CharArrayMap<>(16, false);
        List<BytesRef> terms = new ArrayList<>();
        List<List<Counted>> analysed = new ArrayList<>(queries.size());
        for (String query : queries) {
            Map<Integer, Integer> counts = new TreeMap<>();
            tokens.of(query, (chars, length, overlap) -> {
                Integer number = numbers.get(chars, 0, length);
                if (number == null) {
                    String term = String.valueOf(chars, 0, length);
                    number = terms.size();
                    numbers.put(term, number);
                    terms.add(new BytesRef(term));
                }
                counts.merge(number, 1, Integer::sum);
            });
            analysed.add(counts.entrySet().stream()
                    .map(term -> new Counted(term.getKey(), term.getValue()))
                    .toList());
        }
        return new QueryTerms(tokens, numbers, terms, analysed);
    }

    /** How many queries there are. */
    public int size() {
        return queries.size();
    }

    /** What makes terms of a text as of the queries. */
    EnglishTokens tokens() {
        return tokens;
    }

    /** The terms of each query, without repetition. */
    List<List<Counted>> queries() {
        return queries;
    }

    /** The distinct terms of all queries, by their numbers. */
    List<BytesRef> terms() {
        return terms;
    }

    /** The number of the term that stands at the start of {@code chars}, or -1 if no query has it. */
    int number(char[] chars, int length) {
        Integer number = numbers.get(chars, 0, length);
        return number == null ? NONE : number;
    }
}

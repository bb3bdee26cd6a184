package io.mambaspark.index.search;

import io.mambaspark.index.shard.TermCounts;
import java.io.Serializable;
import java.util.stream.Stream;

/**
 * A query with the counts of its terms in some shards.
 *
 * @param query   null where another shard's has it
 * @param counts  null if the lexical half is not asked
 * @param missing shards that could not be read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CountedQuery(ReadQuery query, TermCounts counts, String[] missing) implements Serializable {
    CountedQuery plus(CountedQuery other) {
        return new CountedQuery(
                query == null ? other.query : query, counts.plus(other.counts), union(missing, other.missing));
    }

    static String[] union(String[] some, String[] others) {
        return Stream.of(some, others).flatMap(Stream::of).distinct().sorted().toArray(String[]::new);
    }
}

package io.mambaspark.index.search;

import io.mambaspark.index.shard.LexicalQuery;
import io.mambaspark.index.shard.StoredPassage;
import io.mambaspark.index.shard.TermCounts;
import java.util.List;

/** What a search sends between JVMs, for Kryo. */
public final class Travelling {
    private Travelling() {}

    /** Records of simple values, arrays and each other. */
    public static List<Class<? extends Record>> records() {
        return List.of(
                QueryReader.Asked.class,
                ReadQuery.class,
                LexicalQuery.class,
                CountedQuery.class,
                TermCounts.class,
                Found.class,
                Winners.class,
                Winners.Winner.class,
                Answer.class,
                Answer.Hit.class,
                StoredPassage.class);
    }

    /** What is sent whole, by Java's own serialization. */
    public static List<Class<?>> others() {
        return List.of(SearchedIndex.class);
    }

    /** Arrays of the records, and of the numbers of slots. */
    public static List<Class<?>> arrays() {
        return List.of(Integer[].class, Winners.Winner[].class, Answer.Hit[].class);
    }
}

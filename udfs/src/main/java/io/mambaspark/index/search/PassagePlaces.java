package io.mambaspark.index.search;

import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * The places of passages as Parquet files have them, a shard of a generation and an ordinal: checked, as they become places in an
 * array.
 *
 * @param generations their folders of Parquet files
 * @param numbers     by generation and number in the generation, the number of a shard in the search
 * @param passages    of a shard, by its number in the search
 */
record PassagePlaces(IndexFolder folder, List<String> generations, Map<Long, Integer> numbers, List<Integer> passages)
        implements Serializable {
    /** The places of an index. */
    static PassagePlaces of(IndexFolder folder, Manifest manifest) {
        List<String> generations = new ArrayList<>();
        Map<Long, Integer> numbers = new HashMap<>();
        List<Integer> passages = new ArrayList<>();
        for (Generation generation : manifest.generations()) {
            for (ShardEntry shard : generation.shards()) {
                numbers.put(key(generations.size(), shard.number()), passages.size());
                passages.add((int) shard.passages());
            }
            generations.add(IndexFolder.PASSAGES + '/' + generation.name());
        }
        return new PassagePlaces(folder, generations, numbers, passages);
    }

    private static long key(int generation, int shard) {
        return ((long) generation << Integer.SIZE) + shard;
    }

    /** Whether there is one more row. */
    boolean hasNext(Iterator<Row> rows) {
        try {
            return rows.hasNext();
        } catch (Exception e) { // Spark's are checked, and declared nowhere
            Optional<MambaSqlException> reason = IndexFailure.ofFile(folder, e);
            if (reason.isPresent()) {
                throw reason.get();
            }
            throw e;
        }
    }

    /** The number of a shard in the search. */
    int number(int generation, Object shard) {
        Integer number = shard instanceof Integer known ? numbers.get(key(generation, known)) : null;
        if (number == null) {
            throw corrupt(generation, "shard", shard, "that of a shard of this build");
        }
        return number;
    }

    /**
     * The ordinal of a passage.
     *
     * @param number of its shard in the search
     */
    int ordinal(int generation, int number, Object ordinal) {
        int below = passages.get(number);
        if (ordinal instanceof Integer known && known >= 0 && known < below) {
            return known;
        }
        throw corrupt(generation, "ordinal", ordinal, "0 or more, below " + below);
    }

    private MambaSqlException corrupt(int generation, String column, Object value, String expected) {
        return IndexFailure.corrupt(folder, generations.get(generation), column, value, expected);
    }
}

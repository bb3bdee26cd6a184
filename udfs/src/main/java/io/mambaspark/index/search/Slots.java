package io.mambaspark.index.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The tasks of a stage over shards: one for each shard and part of the queries.
 *
 * @param shards how many there are
 * @param parts  of the queries
 */
record Slots(int shards, int parts) implements Serializable {
    /** The number of a slot's shard. */
    int shard(int slot) {
        return slot % shards;
    }

    private int slot(long query, int shard) {
        return Math.floorMod(Long.hashCode(query), parts) * shards + shard;
    }

    /** The slots themselves, where their shards are. */
    JavaRDD<Integer> all(SparkContext spark, List<String> checksums) {
        List<Tuple2<Integer, Seq<String>>> placed = new ArrayList<>();
        for (int slot = 0; slot < shards * parts; slot++) {
            List<String> places = ShardHolders.places(checksums.get(shard(slot)));
            placed.add(new Tuple2<>(slot, CollectionConverters.asScala(places).toSeq()));
        }
        ClassTag<Integer> integers = ClassTag$.MODULE$.apply(Integer.class);
        return JavaRDD.fromRDD(
                spark.makeRDD(CollectionConverters.asScala(placed).toSeq(), integers), integers);
    }

    /** Sends each query to all shards. */
    <Q> JavaRDD<Q> toAllShards(JavaPairRDD<Long, Q> queries) {
        return sent(queries.flatMapToPair(query -> {
            Iterator<Integer> each = IntStream.range(0, shards).iterator();
            return mapped(each, shard -> new Tuple2<>(slot(query._1, shard), query._2));
        }));
    }

    /** Sends winners to their shards. */
    JavaRDD<Winners> toTheirShards(JavaRDD<Winners> winners) {
        return sent(winners.mapToPair(each -> new Tuple2<>(slot(each.query().number(), each.shard()), each)));
    }

    /** Sends the bitmaps of a shard to all its slots. */
    JavaRDD<byte[]> toAllParts(JavaPairRDD<Integer, byte[]> bits) {
        return sent(bits.flatMapToPair(part -> {
            Iterator<Integer> each = IntStream.range(0, parts).iterator();
            return mapped(each, number -> new Tuple2<>(number * shards + part._1, part._2));
        }));
    }

    private <T> JavaRDD<T> sent(JavaPairRDD<Integer, T> bySlot) {
        return bySlot.partitionBy(partitioner()).values();
    }

    /** Numbers are their own hashes. */
    private Partitioner partitioner() {
        return new HashPartitioner(shards * parts);
    }

    private static <A, B> Iterator<B> mapped(Iterator<A> each, Function<A, B> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public B next() {
                return function.apply(each.next());
            }
        };
    }
}

package io.mambaspark.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * Spreads items of known size: from the largest to the smallest, each goes where least has gathered so far. The fullest
 * part then holds at most 4/3 of what the best spread would need (R. L. Graham, Bounds on multiprocessing timing
 * anomalies, 1969).
 */
final class LongestFirst {
    private LongestFirst() {}

    /**
     * Makes parts, each from its largest item to its smallest.
     *
     * @param items in an order that decides between equal sizes
     * @param parts how many parts to make, at least 1
     */
    static <T> List<List<T>> spread(List<T> items, ToLongFunction<T> size, int parts) {
        List<Part<T>> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add(new Part<>(i));
        }
        PriorityQueue<Part<T>> emptiestFirst = new PriorityQueue<>(
                Comparator.<Part<T>>comparingLong(p -> p.total).thenComparing(p -> p.number));
        emptiestFirst.addAll(all);
        List<T> longestFirst = new ArrayList<>(items);
        longestFirst.sort(Comparator.comparingLong(size).reversed());
        for (T item : longestFirst) {
            Part<T> part = emptiestFirst.remove();
            part.items.add(item);
            part.total += Math.max(1, size.applyAsLong(item));
            emptiestFirst.add(part);
        }
        return all.stream().map(part -> part.items).toList();
    }

    private static final class Part<T> {
        final int number;
        final List<T> items = new ArrayList<>();
        long total;

        Part(int number) {
            this.number = number;
        }
    }
}

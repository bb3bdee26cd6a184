package io.mambaspark.jobs;

import java.util.List;
import java.util.TreeSet;
import org.apache.spark.util.AccumulatorV2;

/** Accumulates ids, of which the first in order are kept: as many as are listed. */
final class FirstIds extends AccumulatorV2<String, List<String>> {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> first = new TreeSet<>();

    @Override
    public boolean isZero() {
        return first.isEmpty();
    }

    @Override
    public FirstIds copy() {
        FirstIds copy = new FirstIds();
        copy.first.addAll(first);
        return copy;
    }

    @Override
    public void reset() {
        first.clear();
    }

    @Override
    public void add(String id) {
        first.add(id);
        if (first.size() > Printable.LISTED) {
            first.pollLast();
        }
    }

    @Override
    public void merge(AccumulatorV2<String, List<String>> other) {
        other.value().forEach(this::add);
    }

    @Override
    public List<String> value() {
        return List.copyOf(first);
    }
}

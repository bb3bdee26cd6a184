package io.mambaspark.reading;

import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;

/** Outcomes made of others as these are asked for. */
final class MappedOutcomes<A, B> implements Outcomes<B> {
    private final Outcomes<A> source;
    private final Function<Outcome<A>, List<Outcome<B>>> function;
    private final Queue<Outcome<B>> ready = new ArrayDeque<>();

    MappedOutcomes(Outcomes<A> source, Function<Outcome<A>, List<Outcome<B>>> function) {
        this.source = source;
        this.function = function;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && source.hasNext()) {
            ready.addAll(function.apply(source.next()));
        }
        return !ready.isEmpty();
    }

    @Override
    public Outcome<B> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    @Override
    public Outcomes<B> tell(ReadingListener listener) {
        source.tell(listener);
        return this;
    }

    @Override
    public void close() {
        ready.clear();
        source.close();
    }
}

package io.mambaspark.task;

import java.util.Iterator;
import java.util.function.Function;

/** Applies a function as elements are asked for. */
record MappedIterator<A, B>(Iterator<A> source, Function<A, B> function) implements Iterator<B> {
    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public B next() {
        return function.apply(source.next());
    }
}

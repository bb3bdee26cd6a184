package io.mambaspark.reading;

import java.util.Iterator;
import java.util.function.Function;

/** What {@link Iterator} lacks. */
final class Iterators {
    private Iterators() {}

    /** Applies {@code function} to each element as it is asked for. */
    static <A, B> Iterator<B> map(Iterator<A> from, Function<? super A, ? extends B> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public B next() {
                return function.apply(from.next());
            }
        };
    }
}

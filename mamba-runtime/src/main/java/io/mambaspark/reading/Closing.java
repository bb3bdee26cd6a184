package io.mambaspark.reading;

import java.util.Collection;
import java.util.function.Consumer;

/** Closing many things, whatever becomes of each. */
final class Closing {
    private Closing() {}

    /** Closes all; the first failure is thrown when that is done, with the others suppressed. */
    static <T> void all(Collection<? extends T> things, Consumer<? super T> close) {
        RuntimeException failure = null;
        for (T thing : things) {
            try {
                close.accept(thing);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

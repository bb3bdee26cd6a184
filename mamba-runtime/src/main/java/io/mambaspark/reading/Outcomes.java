package io.mambaspark.reading;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * What comes of documents, read as it is asked for: {@code hasNext} and {@code next} run the model. The outcomes are
 * in the order of the documents. Ask for them to the end or close it: a document that is being read may hold a file.
 * For one thread.
 *
 * <pre>{@code
 * try (Outcomes<Summary> summaries = summarizer.summarize(documents)) {
 *     summaries.tell((id, tokens) -> progress.add(tokens)).forEachRemaining(this::show);
 * }
 * }</pre>
 *
 * <p>{@code hasNext} and {@code next} throw {@link ReadingInterruptedException} if the thread is interrupted, at the next
 * block.
 *
 * @param <R> what is made of a document, or of a part of it
 */
public interface Outcomes<R> extends Iterator<Outcome<R>>, AutoCloseable {
    /** From now on {@code listener} is told how far reading is; what it throws ends the reading. Returns this. */
    Outcomes<R> tell(ReadingListener listener);

    /** Drops what is being read; there is no next outcome then. */
    @Override
    void close();

    /** The same outcomes with other values. */
    default <T> Outcomes<T> map(Function<? super R, ? extends T> function) {
        return flatMap(outcome -> List.of(
                outcome.error() == null
                        ? new Outcome<>(outcome.id(), function.apply(outcome.value()), null)
                        : new Outcome<>(outcome.id(), null, outcome.error())));
    }

    /** Any number of outcomes for each. */
    default <T> Outcomes<T> flatMap(Function<Outcome<R>, List<Outcome<T>>> function) {
        return new MappedOutcomes<>(this, function);
    }
}

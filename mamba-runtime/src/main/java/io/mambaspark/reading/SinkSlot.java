package io.mambaspark.reading;

import java.util.function.Consumer;
import java.util.function.Function;

/** A sink's place at a reading: keeps its failure to itself, and closes it once. */
final class SinkSlot<R> {
    private final String id;
    private final Sink<R> sink;
    private RuntimeException failure;
    private boolean closed;

    SinkSlot(String id, Sink<R> sink) {
        this.id = id;
        this.sink = sink;
    }

    Sink<R> sink() {
        return sink;
    }

    boolean failed() {
        return failure != null;
    }

    /** Tells the sink something, unless it has failed. */
    void tell(Consumer<Sink<R>> event) {
        ask(told -> {
            event.accept(told);
            return null;
        });
    }

    /** What the sink has ready; null if nothing. */
    Outcome<R> part() {
        R part = ask(Sink::part);
        return part == null ? null : new Outcome<>(id, part, null);
    }

    Outcome<R> finish(DocumentEnd end) {
        R value = ask(asked -> {
            R found = asked.finish(end);
            close();
            return found;
        });
        return failed() ? Outcome.failed(id, failure) : new Outcome<>(id, value, null);
    }

    private <T> T ask(Function<Sink<R>, T> question) {
        if (failed()) {
            return null;
        }
        try {
            return question.apply(sink);
        } catch (RuntimeException e) {
            failure = e;
            closeAfter(e);
            return null;
        }
    }

    private void closeAfter(RuntimeException e) {
        try {
            close();
        } catch (RuntimeException onClose) {
            e.addSuppressed(onClose);
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            sink.close();
        }
    }
}

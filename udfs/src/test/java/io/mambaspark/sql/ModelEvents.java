package io.mambaspark.sql;

import io.mambaspark.reading.ModelListener;
import java.util.concurrent.atomic.AtomicLong;

/** What the models of this JVM read, while it is open. */
public final class ModelEvents implements AutoCloseable {
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong documents = new AtomicLong();

    private final Runnable beforeBlock;

    private ModelEvents(Runnable beforeBlock) {
        this.beforeBlock = beforeBlock;
    }

    /** Starts to count. */
    public static ModelEvents count() {
        return count(() -> {});
    }

    /** Starts to count; {@code beforeBlock} runs in the task that reads, and an Error that it throws is the task's. */
    public static ModelEvents count(Runnable beforeBlock) {
        ModelEvents events = new ModelEvents(beforeBlock);
        ExecutorModels.listen(new ModelListener() {
            @Override
            public void blockBegins() {
                events.beforeBlock.run();
            }

            @Override
            public void blockEnds(int length) {
                events.tokens.addAndGet(length);
            }

            @Override
            public void documentRead() {
                events.documents.incrementAndGet();
            }
        });
        return events;
    }

    /** Tokens that were read, markers too. */
    public long tokens() {
        return tokens.get();
    }

    /** Documents that were read to their end. */
    public long documents() {
        return documents.get();
    }

    @Override
    public void close() {
        ExecutorModels.listen(ModelListener.NONE);
    }
}

package io.mambaspark.index.build;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** A task that somebody wants to end. */
final class Interruption {
    private Interruption() {}

    /** Ends the task of this thread if it was killed. */
    static void check() {
        TaskContext context = TaskContext.get();
        if (context != null && context.isInterrupted()) {
            throw new TaskKilledException();
        }
    }
}

package io.mambaspark.engine.cpu;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed number of threads that work on one call together. The caller is one of them; with one thread nothing else is
 * started.
 */
final class Crew implements AutoCloseable {
    /** Steps take a fraction of a millisecond: a thread that is early looks again this often before it gives way. */
    private static final int SPINS = 20_000;

    /** What each thread does. */
    interface Work {
        void run(int thread, Progress progress);
    }

    private final int threads;
    private final ExecutorService others;

    Crew(int threads) {
        this.threads = threads;
        this.others = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, Crew::daemon);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "mamba-engine");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the work on every thread and returns when all are through; the first failure is thrown. */
    void run(Work work) {
        Progress progress = new Progress(threads);
        Future<?>[] running = new Future<?>[threads - 1];
        for (int i = 1; i < threads; i++) {
            int thread = i;
            running[i - 1] = others.submit(() -> progress.guarded(work, thread));
        }
        progress.guarded(work, 0);
        for (Future<?> other : running) {
            join(other);
        }
        progress.rethrow();
    }

    /** Waits through interruption: the others still write to the caller's arrays. */
    private static void join(Future<?> other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("threads keep their failures to themselves", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdown();
        }
    }

    /** How many steps each thread of one call has done: whoever goes on from another's results waits for them. */
    static final class Progress {
        /** Two cache lines, which processors fetch together: no thread slows down another by counting. */
        private static final int APART = 128 / Integer.BYTES;

        private final AtomicIntegerArray steps;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        private Progress(int threads) {
            steps = new AtomicIntegerArray(threads * APART);
        }

        /** One step more of that thread is done; called by itself. */
        void step(int thread) {
            steps.setRelease(thread * APART, steps.getPlain(thread * APART) + 1);
        }

        /** Returns when that thread has done so many steps, or fails when any has failed. */
        void await(int thread, int count) {
            for (int spins = 0; steps.getAcquire(thread * APART) < count; spins++) {
                if (failure.get() != null) {
                    throw new Abandoned();
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        private void guarded(Work work, int thread) {
            try {
                work.run(thread, this);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }

        private void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }

    /** Another thread of the crew has failed; its failure is the one that counts. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Abandoned() {
            super(null, null, false, false);
        }
    }
}

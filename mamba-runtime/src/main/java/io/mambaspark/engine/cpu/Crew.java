package io.mambaspark.engine.cpu;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that go through the phases of one call together. The caller is one of them; with one
 * thread nothing else is started.
 */
final class Crew implements AutoCloseable {
    /** Phases take a fraction of a millisecond: a thread that is early looks again this often before it gives way. */
    private static final int SPINS = 20_000;

    /** What each thread does; it meets the others at the {@link Phases}. */
    interface Work {
        void run(int thread, Phases phases);
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
        Phases phases = new Phases(threads);
        Future<?>[] running = new Future<?>[threads - 1];
        for (int i = 1; i < threads; i++) {
            int thread = i;
            running[i - 1] = others.submit(() -> phases.guarded(work, thread));
        }
        phases.guarded(work, 0);
        for (Future<?> other : running) {
            join(other);
        }
        phases.rethrow();
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
                throw new IllegalStateException("phases keep all failures to themselves", e);
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

    /** Where the threads of one call wait for each other. */
    static final class Phases {
        private final int threads;
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile int phase;

        private Phases(int threads) {
            this.threads = threads;
        }

        /**
         * All threads call it with the same number of parts: each part runs once, on a thread that is free, and all are
         * done after it. So a core that others use too holds up nobody.
         */
        void share(int parts, IntConsumer part) {
            for (int i = taken.getAndIncrement(); i < parts; i = taken.getAndIncrement()) {
                part.accept(i);
            }
            await();
        }

        /** Returns when all threads have called it, or fails when one of them has failed. */
        void await() {
            int mine = phase;
            if (arrived.incrementAndGet() == threads) {
                arrived.set(0);
                taken.set(0);
                phase = mine + 1;
                return;
            }
            for (int spins = 0; phase == mine; spins++) {
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

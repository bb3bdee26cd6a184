package io.mambaspark.gpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.engine.cpu.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many tasks, one device. */
@Tag("opencl")
@Timeout(300)
class SharedDeviceTest {
    private static final double TOLERANCE = 1e-4;
    private static final int GATED_TOKENS = 256;

    private final ExecutorService tasks = Executors.newCachedThreadPool();

    /** A device that waits at the end of each block until it may go on, and counts its blocks. */
    private static final class Gated extends GpuDevice {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger blocks = new AtomicInteger();

        Gated(DeviceChoice choice, float[] weights, float[] space) {
            super(choice, weights, space);
        }

        @Override
        void runDone(Steps steps, int firstStep, int endStep) {
            if (endStep == steps.count()) {
                blocks.incrementAndGet();
                reached.countDown();
                boolean interrupted = false;
                while (open.getCount() > 0) {
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        interrupted = true; // the device does not stop for it either
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @BeforeAll
    static void assume() {
        Pocl.assume();
        Pocl.tryTiles(GATED_TOKENS);
    }

    @AfterEach
    void stop() {
        tasks.shutdownNow();
    }

    private static int[] ids(MambaEngine engine, int length, int seed) {
        return new Random(seed).ints(length, 0, engine.config().vocabSize()).toArray();
    }

    private static float[] read(MambaEngine engine, int[] ids) {
        return engine.read(TokenBlock.of(ids, new ReadingState(engine.config())), Wanted.PIECES)
                .sums();
    }

    /** Aparapi would end the JVM. The first of them may have tried tiles, the second has not run at all. */
    @Test
    void enginesThatNeverReadAreClosedAsWell() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            Pocl.engine(Pocl.tiny(), 256).close();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("mamba-gpu")) {
                    thread.join(10_000);
                }
            }
        }
        try (MambaEngine engine = Pocl.engine(Pocl.tiny(), 256)) {
            assertThat(read(engine, ids(engine, 20, 1))).isNotNull();
        }
    }

    @Test
    void tasksThatReadAtTheSameTimeGetWhatTheyGetAlone() throws Exception {
        try (MambaEngine engine = Pocl.engine(Pocl.tiny(), 256)) {
            List<Future<Transcript>> together = new ArrayList<>();
            for (int task = 0; task < 6; task++) {
                int[] ids = ids(engine, 150 + 97 * task, task);
                together.add(tasks.submit(() -> new Transcript(engine, ids, 25).read(engine, 100)));
            }
            for (int task = 0; task < 6; task++) {
                Transcript read = together.get(task).get();
                Transcript alone = new Transcript(engine, ids(engine, 150 + 97 * task, task), 25).read(engine, 256);
                assertClose("task " + task, read.hidden, alone.hidden, TOLERANCE);
                assertClose("task " + task, read.sums, alone.sums, TOLERANCE);
            }
        }
    }

    @Test
    void callsThatWaitShareTheNextBlock() throws Exception {
        Gated[] device = new Gated[1];
        try (MambaEngine engine = gated(device)) {
            List<Future<float[]>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int[] ids = ids(engine, 20, i);
                calls.add(tasks.submit(() -> read(engine, ids)));
                device[0].reached.await();
            }
            waitUntilQueued(engine, 4);
            device[0].open.countDown();
            for (Future<float[]> call : calls) {
                call.get();
            }
            assertThat(device[0].blocks).hasValue(2);
        }
    }

    @Test
    void aTaskThatIsInterruptedWaitsNoLonger() throws Exception {
        Gated[] device = new Gated[1];
        try (MambaEngine engine = gated(device)) {
            CountDownLatch cancelled = new CountDownLatch(1);
            Future<?> task = tasks.submit(() -> {
                try {
                    read(engine, ids(engine, 20, 1));
                } catch (CancellationException e) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    cancelled.countDown();
                }
            });
            device[0].reached.await();
            task.cancel(true);
            cancelled.await();
            device[0].open.countDown();
            assertThat(read(engine, ids(engine, 20, 2))).hasSize(engine.config().dModel());
        }
    }

    @Test
    void closingTellsTheCallsThatWait() throws Exception {
        Gated[] device = new Gated[1];
        MambaEngine engine = gated(device);
        tasks.submit(() -> read(engine, ids(engine, 20, 1)));
        device[0].reached.await();
        Future<float[]> waiting = tasks.submit(() -> read(engine, ids(engine, 20, 2)));
        waitUntilQueued(engine, 1);
        engine.close();
        device[0].open.countDown();
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .hasMessageStartingWith("[MAMBA_ENGINE_CLOSED] The engine was closed while a call waited for it.");
        assertThatThrownBy(() -> read(engine, ids(engine, 20, 3))).hasMessageStartingWith("[MAMBA_ENGINE_CLOSED]");
    }

    private static MambaEngine gated(Gated[] device) {
        return GpuEngineProvider.create(Pocl.tiny(), Pocl.options(GATED_TOKENS), (choice, weights, space) -> {
            device[0] = new Gated(choice, weights, space);
            return device[0];
        });
    }

    private static void waitUntilQueued(MambaEngine engine, int calls) throws InterruptedException {
        while (((AparapiEngine) engine).waiting() < calls) {
            Thread.sleep(5);
        }
    }
}

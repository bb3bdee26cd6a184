package io.mambaspark.gpu;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's memory and the runs on it; for one thread.
 *
 * <p>Hazard: Aparapi pins its arrays during a run only. If the heap moved an array between two runs, Aparapi drops its
 * buffer without a word and makes a new one from what the host holds. That is right for what the host made (weights,
 * plan, given), and loses what the device made: {@code space}. So the first step of a block marks its epoch in
 * {@code space}, where the host never writes, and the last one copies the mark to {@code results}; if it is not there,
 * the block is run again. {@code results} is written by the last run and fetched before any other. The large arrays are
 * humongous objects, which G1 does not move.
 */
class GpuDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GpuDevice.class);
    /** A run should be no longer: it keeps the garbage collector of the whole JVM waiting. */
    private static final long RUN_NANOS = 25_000_000L;

    private static final int GROUPS_A_UNIT = 16;
    private static final int ATTEMPTS = 3;
    private static final int EPOCHS = 1 << 23;
    private static final int SMALLEST = 1 << 12;
    /** An array this many times too large is exchanged for a smaller one: it goes over the bus whole. */
    private static final int TOO_LARGE = 4;

    private final MambaKernel kernel = new MambaKernel();
    private final String name;
    private final int computeUnits;
    private final Range range;
    /** Of the block before: how long a step took, and its rows. */
    private long stepNanos = RUN_NANOS;

    private int stepRows = 1;
    private boolean ran;
    private int epoch;
    private long repeats;

    GpuDevice(DeviceChoice choice, float[] weights, float[] space) {
        OpenCLDevice device = choice.device();
        this.name = choice.name();
        this.computeUnits = device.getMaxComputeUnits();
        device.setSharedMemory(false);
        kernel.setExplicit(true);
        kernel.weights = weights;
        kernel.space = space;
        insistOn(device);
        try {
            kernel.compile(device);
        } catch (CompileFailedException | AssertionError | RuntimeException e) {
            kernel.dispose();
            throw GpuException.notBuilt(name, e);
        } finally {
            SignalHandlers.restore();
        }
        range = device.createRange(computeUnits * GROUPS_A_UNIT * DeviceArrays.GROUP, DeviceArrays.GROUP);
    }

    /** Aparapi takes a device from its list of preferred ones only, and takes one that failed off the list. */
    private void insistOn(Device device) {
        LinkedHashSet<Device> preferred = new LinkedHashSet<>(
                KernelManager.instance().getPreferences(kernel).getPreferredDevices(null));
        preferred.add(device);
        KernelManager.instance().setPreferredDevices(kernel, preferred);
    }

    String name() {
        return name;
    }

    int computeUnits() {
        return computeUnits;
    }

    /** The mark of the next block: a float holds it exactly, and it is never 0, what the host holds. */
    int nextEpoch() {
        epoch = epoch % EPOCHS + 1;
        return epoch;
    }

    /** How often a block had to be run again since the start. */
    long repeats() {
        return repeats;
    }

    /** The array for {@code floats} of states that go up with the next block. */
    float[] given(int floats) {
        kernel.given = fitting(kernel.given, floats);
        return kernel.given;
    }

    /** Runs the steps of a block; the result is valid until the next. */
    float[] run(Steps steps, int rows, int marked) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            runOnce(steps, rows);
            if (kernel.results[ResultLayout.EPOCH] == marked) {
                return kernel.results;
            }
            repeats++;
            LOG.warn("The heap moved the workspace of {} during a block: running it again", name);
        }
        throw GpuException.moved(name, ATTEMPTS);
    }

    /** Runs the steps, whether or not the device kept what they made. */
    final void runOnce(Steps steps, int rows) {
        load(steps);
        try {
            ran = true;
            kernel.put(kernel.plan).put(kernel.given);
            long start = System.nanoTime();
            int step = 0;
            while (step < steps.count()) {
                int end = endOfRun(steps, step, rows);
                kernel.firstStep = steps.place(step);
                kernel.execute(range, end - step);
                runDone(steps, step, end);
                step = end;
            }
            stepNanos = (System.nanoTime() - start) / steps.count() + 1;
            stepRows = Math.max(1, rows);
            kernel.get(kernel.results);
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            // An AssertionError is how Aparapi says that its only device is off the list: see insistOn.
            throw GpuException.lost(name, e);
        }
    }

    private void load(Steps steps) {
        int ints = steps.plan().size();
        if (kernel.plan.length < ints) {
            kernel.plan = new int[size(ints)];
        }
        steps.plan().copyTo(kernel.plan, 0);
        kernel.results = fitting(kernel.results, steps.results());
    }

    /** The step behind the last of the run that begins with {@code step}. */
    int endOfRun(Steps steps, int step, int rows) {
        if (step >= steps.firstResult()) {
            return steps.count();
        }
        double expectedNanos = stepNanos * Math.max(1.0, (double) rows / stepRows);
        int most = (int) Math.max(1, RUN_NANOS / expectedNanos);
        return (int) Math.min(steps.firstResult(), (long) step + most);
    }

    /** Called between two runs: here tests move arrays, as the heap might. */
    void runDone(Steps steps, int firstStep, int endStep) {}

    final MambaKernel kernel() {
        return kernel;
    }

    private static float[] fitting(float[] array, int floats) {
        int size = size(floats);
        return array.length < size || array.length > TOO_LARGE * size ? new float[size] : array;
    }

    private static int size(int needed) {
        int most = MemoryPlan.MOST_FLOATS;
        return needed > most / 2 ? most : Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, needed - 1)) * 2);
    }

    /** Hazard: Aparapi takes the JVM down when it lets go of a kernel that never ran. That one has no buffers yet. */
    @Override
    public void close() {
        if (ran) {
            kernel.dispose();
        }
    }
}

package io.mambaspark.gpu;

import io.mambaspark.engine.DeviceReport;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineMemory;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;
import java.util.List;

/**
 * Reads on a GPU through OpenCL: {@code gpu}, or any OpenCL device by a part of its name, such as {@code opencl:pocl}.
 * {@code auto} comes here first.
 */
public final class GpuEngineProvider implements EngineProvider {
    private static final int BEFORE_THE_CPU = 10;

    @Override
    public String device() {
        return "gpu";
    }

    @Override
    public boolean serves(String device) {
        return device.equals(device()) || device.startsWith(DeviceChoice.NAMED);
    }

    @Override
    public int rank() {
        return BEFORE_THE_CPU;
    }

    @Override
    public Availability availability(EngineOptions options) {
        DeviceChoice choice = choose(options);
        return new Availability(choice.device() != null, choice.reason());
    }

    @Override
    public List<DeviceReport> devices(EngineOptions options) {
        return DeviceChoice.reports(options.device(), GpuSettings.of(options), OpenClHost.here());
    }

    /**
     * Puts the checkpoint's weights on the device.
     *
     * @throws GpuException if there is no such device, or the model does not fit it or the heap
     */
    @Override
    public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        return create(checkpoint, options, GpuDevice::new);
    }

    /** Opens a device; tests open ones that fail. */
    interface Opener {
        GpuDevice open(DeviceChoice choice, float[] weights, float[] space);
    }

    static AparapiEngine create(Checkpoint checkpoint, EngineOptions options, Opener opener) {
        DeviceChoice choice = required(options);
        DeviceWeights weights = DeviceWeights.plan(checkpoint);
        MemoryPlan plan = plan(weights, options, choice);
        SpaceLayout space = new SpaceLayout(weights.shape(), plan.tokens());
        GpuDevice device;
        try {
            device = opener.open(choice, weights.load(checkpoint), space.allocate());
        } catch (OutOfMemoryError e) {
            throw GpuException.heap(plan.explanation(), e);
        }
        EngineDescription description = new EngineDescription(
                choice.name(),
                "opencl",
                choice.reason() + "; " + plan.explanation(),
                plan.weightBytes(),
                plan.blockBytes());
        return new AparapiEngine(device, weights, space, tuned(device, weights, space), plan, description);
    }

    private static MemoryPlan plan(DeviceWeights weights, EngineOptions options, DeviceChoice choice) {
        int tokens = options.blockTokensOr(Tuning.blockTokens(choice.device().getMaxComputeUnits()));
        return MemoryPlan.of(weights, tokens, limits(choice, GpuSettings.of(options)));
    }

    @Override
    public EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
        MemoryPlan plan = plan(DeviceWeights.plan(checkpoint), options, required(options));
        return new EngineMemory(plan.weightBytes(), plan.blockBytes());
    }

    private static Tuning tuned(GpuDevice device, DeviceWeights weights, SpaceLayout space) {
        try {
            return Tuning.of(device, weights, space);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    @Override
    public double matrixGflops(EngineOptions options) {
        return MatrixRate.measure(required(options));
    }

    private static MemoryPlan.Limits limits(DeviceChoice choice, GpuSettings settings) {
        return new MemoryPlan.Limits(
                choice.device().getGlobalMemSize(),
                choice.device().getMaxMemAllocSize(),
                Runtime.getRuntime().maxMemory(),
                settings.memoryFraction(),
                settings.heapFraction());
    }

    private static DeviceChoice choose(EngineOptions options) {
        return DeviceChoice.choose(options.device(), GpuSettings.of(options), OpenClHost.here());
    }

    static DeviceChoice required(EngineOptions options) {
        DeviceChoice choice = choose(options);
        if (choice.device() == null) {
            throw GpuException.unavailable(options.device(), choice.reason());
        }
        return choice;
    }
}

package io.mambaspark.gpu;

import io.mambaspark.engine.BlockLimit;
import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineDescription;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.ModelConfig;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * The engine on an OpenCL device. One thread owns the device; it fills each block with the segments of all calls that
 * wait, first come, first served, so that the tasks of an executor share the device evenly.
 */
final class AparapiEngine implements MambaEngine {
    /** Calls that may wait; more callers wait for a place in the queue. */
    private static final int WAITING = 256;

    private final DeviceShape shape;
    private final MemoryPlan plan;
    private final EngineDescription description;
    private final GpuDevice device;
    private final BlockRun blocks;
    private final BlockingQueue<Call> waiting = new ArrayBlockingQueue<>(WAITING, true);
    private final Thread owner;
    private volatile boolean closed;

    AparapiEngine(
            GpuDevice device,
            DeviceWeights weights,
            SpaceLayout space,
            Tuning tuning,
            MemoryPlan plan,
            EngineDescription description) {
        this.shape = weights.shape();
        this.plan = plan;
        this.description = description;
        this.device = device;
        this.blocks = new BlockRun(device, weights, space, tuning);
        this.owner = new Thread(this::serve, "mamba-gpu");
        owner.setDaemon(true);
        owner.start();
    }

    @Override
    public ModelConfig config() {
        return shape.config();
    }

    @Override
    public int blockTokens() {
        return plan.tokens();
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public BlockReading read(TokenBlock block, Wanted wanted) {
        check(block);
        Call call = new Call(block, wanted, shape);
        if (!call.answer.isDone()) {
            submit(call);
        }
        return answer(call);
    }

    /** The device's arrays are made for blocks of one size: smaller ones use them too, larger ones if none would fit. */
    @Override
    public Optional<MambaEngine> sharing(EngineOptions options) {
        int tokens = options.blockTokensOr(Tuning.blockTokens(device.computeUnits()));
        boolean served = tokens <= plan.wanted() || plan.tokens() < plan.wanted();
        return served ? Optional.of(new BlockLimit(this, Math.min(tokens, plan.tokens()))) : Optional.empty();
    }

    private void submit(Call call) {
        try {
            if (closed) {
                throw GpuException.closed();
            }
            waiting.put(call);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (closed) {
            // The owner may have looked at the queue for the last time before this call was in it.
            call.fail(GpuException.closed());
        }
    }

    private static BlockReading answer(Call call) {
        try {
            return call.answer.get();
        } catch (InterruptedException e) {
            call.answer.cancel(false);
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                // One failure may end several calls: each gets its own stack, with the device's below it.
                failure.addSuppressed(new IllegalStateException(
                        "in a call of " + Thread.currentThread().getName()));
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("The thread was interrupted while it waited for the GPU");
    }

    /** How many calls wait for their first block. */
    int waiting() {
        return waiting.size();
    }

    private void check(TokenBlock block) {
        for (int i = 0; i < block.length(); i++) {
            int token = block.tokens()[i];
            if (token < 0 || token >= shape.config().vocabSize()) {
                throw new IllegalArgumentException("token " + token + " is not of the vocabulary of "
                        + shape.config().vocabSize());
            }
        }
        for (Segment segment : block.segments()) {
            if (!segment.state().fits(shape.config())) {
                throw new IllegalArgumentException("a segment's state has the sizes of another model");
            }
        }
    }

    /** The owner's work until the engine is closed. */
    private void serve() {
        Call first = null;
        try {
            while (!closed) {
                if (first == null) {
                    first = waiting.take();
                }
                first = readBlock(first);
            }
        } catch (InterruptedException e) {
            // Closed: what waits is told below.
        } finally {
            if (first != null) {
                first.fail(GpuException.closed());
            }
            for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
                call.fail(GpuException.closed());
            }
            device.close();
        }
    }

    /** Reads one block; gives the call that did not fit whole, or null. */
    private Call readBlock(Call first) {
        DeviceBlock block = new DeviceBlock(plan.tokens());
        Call call = first;
        while (call != null) {
            // A call that was given up or has failed is over.
            if (!call.answer.isDone()) {
                block.take(call);
                if (!call.exhausted()) {
                    break;
                }
            }
            call = waiting.poll();
        }
        try {
            if (!block.shares.isEmpty()) {
                blocks.run(block);
            }
        } catch (RuntimeException | Error e) {
            RuntimeException reason =
                    e instanceof RuntimeException known ? known : GpuException.lost(description.device(), e);
            block.portions.forEach(portion -> portion.call().fail(reason));
        }
        return call;
    }

    @Override
    public void close() {
        closed = true;
        owner.interrupt();
    }
}

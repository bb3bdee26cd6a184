package io.mambaspark.gpu;

import com.aparapi.Kernel;

/**
 * What lies in the device's memory. OpenCL buffers belong to a kernel object, so everything that shares a buffer is one
 * class, spread over its ancestors by subject; Aparapi turns their bytecode into one OpenCL kernel. Hence the language
 * of these classes: arithmetic on locals, fields and arrays, no objects, no break.
 *
 * <p>Each work group has {@link #GROUP} work items; {@code plan} says what they do, step by step (see {@link Step}).
 */
abstract class DeviceArrays extends Kernel {
    /** Work items of a group. */
    static final int GROUP = 256;
    /** Floats of a group's own memory: two slices of both sides of a matrix product. */
    static final int LOCAL_FLOATS = 4160;

    /** All weights; only read, so that what the host holds is always what the device should hold. */
    float[] weights = new float[1];
    /** All activations: made on the device, never fetched. */
    float[] space = new float[1];
    /** The tables of a block and the steps that read them. */
    int[] plan = new int[1];
    /** The states of the documents that go on in this block. */
    float[] given = new float[1];
    /** What the host gets back: written by the last run of a block only. */
    float[] results = new float[1];

    @Local
    float[] tile = new float[LOCAL_FLOATS];

    /** The place of the current run's first step in {@code plan}. */
    int firstStep;
}

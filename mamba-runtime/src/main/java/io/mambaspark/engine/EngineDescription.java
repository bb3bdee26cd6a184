package io.mambaspark.engine;

/**
 * Where and how an engine reads.
 *
 * @param device         {@code cpu}, or the name of an OpenCL device
 * @param kernels        the kernels in use, such as {@code vector-512} or {@code scalar}
 * @param reason         why these, in a sentence
 * @param weightBytes    memory that the weights take, once a JVM
 * @param workspaceBytes memory of one workspace; on the CPU as many as calls run at the same time, on a device one; 0 of
 *                       an engine that uses another one's
 * @param fellBack       whether a better device was tried first and failed; {@code reason} says how
 */
public record EngineDescription(
        String device, String kernels, String reason, long weightBytes, long workspaceBytes, boolean fellBack) {
    /** Of an engine that is the first choice. */
    public EngineDescription(String device, String kernels, String reason, long weightBytes, long workspaceBytes) {
        this(device, kernels, reason, weightBytes, workspaceBytes, false);
    }

    /** Of an engine that took the place of one that failed. */
    EngineDescription after(DeviceException failure) {
        String why = reason + ", instead of a device that failed: " + failure.getMessage();
        return new EngineDescription(device, kernels, why, weightBytes, workspaceBytes, true);
    }
}

package io.mambaspark.engine;

/**
 * Where and how an engine reads.
 *
 * @param device         {@code cpu}, or the name of an OpenCL device
 * @param kernels        the kernels in use, such as {@code vector-512} or {@code scalar}
 * @param reason         why these, in a sentence
 * @param weightBytes    memory that the weights take, once a JVM
 * @param workspaceBytes memory of one workspace; there are as many as calls run at the same time
 */
public record EngineDescription(String device, String kernels, String reason, long weightBytes, long workspaceBytes) {}

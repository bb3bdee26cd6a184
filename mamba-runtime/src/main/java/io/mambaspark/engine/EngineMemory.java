package io.mambaspark.engine;

/**
 * Memory that an engine takes, padding and the heap's rounding included.
 *
 * @param weightBytes    of the weights, which engines over the same weights share
 * @param workspaceBytes of one workspace; on the CPU as many as calls run at the same time, on a device one
 */
public record EngineMemory(long weightBytes, long workspaceBytes) {}

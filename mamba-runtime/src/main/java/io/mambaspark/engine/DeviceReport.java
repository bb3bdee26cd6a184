package io.mambaspark.engine;

/**
 * A device that a provider sees.
 *
 * @param name        as its driver says
 * @param kind        {@code GPU}, {@code CPU} or another
 * @param platform    whose it is, such as {@code NVIDIA CUDA}
 * @param driver      the version of its driver
 * @param memoryBytes its memory
 * @param chosen      whether it would be read on
 * @param reason      why it would be, or why not
 */
public record DeviceReport(
        String name, String kind, String platform, String driver, long memoryBytes, boolean chosen, String reason) {}

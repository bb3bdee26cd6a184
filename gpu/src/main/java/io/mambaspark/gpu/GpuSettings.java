package io.mambaspark.gpu;

import io.mambaspark.engine.EngineOptions;
import java.nio.file.Path;

/**
 * What a user can set about the GPU; the keys follow {@code spark.mamba.}.
 *
 * @param address        which of the GPUs: its number, as in Spark's resource {@code gpu}
 * @param memoryFraction share of the device's memory that may be used
 * @param heapFraction   share of the Java heap that may be used: each byte on the device has a twin there
 * @param nativeFolder   where Aparapi's native library is put; files there must be executable
 */
record GpuSettings(int address, double memoryFraction, double heapFraction, Path nativeFolder) {
    static final String ADDRESS = "gpu.address";
    static final String MEMORY_FRACTION = "gpu.memoryFraction";
    static final String HEAP_FRACTION = "gpu.heapFraction";
    static final String NATIVE_FOLDER = "gpu.nativeFolder";

    private static final double MEMORY = 0.8;
    private static final double HEAP = 0.4;

    static GpuSettings of(EngineOptions options) {
        return new GpuSettings(
                address(options.settings().getOrDefault(ADDRESS, "0")),
                fraction(options, MEMORY_FRACTION, MEMORY),
                fraction(options, HEAP_FRACTION, HEAP),
                Path.of(options.settings().getOrDefault(NATIVE_FOLDER, System.getProperty("java.io.tmpdir"))));
    }

    private static int address(String value) {
        try {
            int address = Integer.parseInt(value.trim());
            if (address >= 0) {
                return address;
            }
        } catch (NumberFormatException e) {
            // Said below, with the value.
        }
        throw GpuException.setting(ADDRESS, value, "the number of a GPU, from 0");
    }

    private static double fraction(EngineOptions options, String key, double otherwise) {
        String value = options.settings().get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            double fraction = Double.parseDouble(value.trim());
            if (fraction > 0 && fraction <= 1) {
                return fraction;
            }
        } catch (NumberFormatException e) {
            // Said below, with the value.
        }
        throw GpuException.setting(key, value, "a number above 0 and up to 1");
    }
}

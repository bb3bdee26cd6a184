package io.mambaspark.gpu;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider.Availability;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.Assumptions;

/** The OpenCL device that tests read on; another one with -Dtest.opencl.device=NAME. */
final class Pocl {
    static final String DEVICE = DeviceChoice.NAMED + System.getProperty("test.opencl.device", "pocl");
    static final String TINY = "/io/mambaspark/reference/mamba1-tiny/";

    private Pocl() {}

    static EngineOptions options(int blockTokens) {
        return new EngineOptions(DEVICE, 1, blockTokens);
    }

    /** Why tests on the device are skipped, which is printed; empty if there is one. */
    private static Optional<String> missing() {
        Availability availability = new GpuEngineProvider().availability(options(1));
        if (availability.available()) {
            return Optional.empty();
        }
        System.out.println("skipped, no OpenCL device: " + availability.reason());
        return Optional.of(availability.reason());
    }

    /** Skips a class of JUnit where there is no device. */
    static void assume() {
        Optional<String> missing = missing();
        Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    }

    /** Skips a class of jqwik, which takes an assumption before all properties for an error. */
    static final class Skip implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return missing().map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
        }
    }

    static MambaEngine engine(Checkpoint checkpoint, int blockTokens) {
        return Engines.choose(options(blockTokens)).create(checkpoint, options(blockTokens));
    }

    /** Has the tiles of tiny's products tried, so that a device that a test spoils runs nothing but blocks. */
    static void tryTiles(int blockTokens) {
        engine(tiny(), blockTokens).close();
    }

    /** The tiny reference checkpoint, copied out of the class path, which may be a jar. */
    static Checkpoint tiny() {
        try {
            Path folder = Files.createTempDirectory("mamba1-tiny");
            folder.toFile().deleteOnExit();
            for (String file : List.of("config.json", "model.safetensors")) {
                try (InputStream in = Pocl.class.getResourceAsStream(TINY + file)) {
                    Path copy = folder.resolve(file);
                    copy.toFile().deleteOnExit();
                    Files.copy(in, copy);
                }
            }
            return Checkpoint.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.mambaspark.gpu;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider.Availability;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The OpenCL device that tests read on; another one with -Dtest.opencl.device=NAME. */
final class Pocl {
    static final String DEVICE = DeviceChoice.NAMED + System.getProperty("test.opencl.device", "pocl");
    static final String TINY = "/io/mambaspark/reference/mamba1-tiny/";

    private Pocl() {}

    static EngineOptions options(int blockTokens) {
        return new EngineOptions(DEVICE, 1, blockTokens);
    }

    /** Skips the test, with the reason in print, where there is no such device. */
    static void assume() {
        Availability availability = new GpuEngineProvider().availability(options(1));
        if (!availability.available()) {
            System.out.println("skipped, no OpenCL device: " + availability.reason());
        }
        Assumptions.assumeTrue(availability.available(), availability.reason());
    }

    static MambaEngine engine(Checkpoint checkpoint, int blockTokens) {
        return Engines.choose(options(blockTokens)).create(checkpoint, options(blockTokens));
    }

    static Checkpoint tiny() {
        try {
            return Checkpoint.open(
                    Path.of(Pocl.class.getResource(TINY + "config.json").toURI())
                            .getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

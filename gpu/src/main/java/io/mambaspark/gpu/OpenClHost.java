package io.mambaspark.gpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the file system says about OpenCL, without touching a class or library of it: where nothing is, nothing is loaded. */
record OpenClHost(Path vendors, Path nvidiaControl, Path nvidiaVersion) {
    private static final String NVIDIA_DRIVER = "libnvidia-opencl.so.1";

    static OpenClHost here() {
        String vendors = System.getenv().getOrDefault("OCL_ICD_VENDORS", "/etc/OpenCL/vendors");
        return new OpenClHost(Path.of(vendors), Path.of("/dev/nvidiactl"), Path.of("/sys/module/nvidia/version"));
    }

    /** Why there can be no OpenCL device; empty if a driver is registered. */
    Optional<String> nothing() {
        if (registered("")) {
            return Optional.empty();
        }
        return Optional.of(nvidiaHint().orElse("no OpenCL driver is registered in " + vendors));
    }

    /** What to do when an NVIDIA card is there, but its driver is not registered: usual in containers. */
    Optional<String> nvidiaHint() {
        if (!Files.exists(nvidiaControl) || registered("nvidia")) {
            return Optional.empty();
        }
        return Optional.of("an NVIDIA card is there, but its OpenCL driver is not registered; as root: mkdir -p "
                + vendors + " && echo " + NVIDIA_DRIVER + " > " + vendors.resolve("nvidia.icd"));
    }

    /** What to say where drivers are registered and none shows a device. */
    String silent() {
        return "the OpenCL drivers registered in " + vendors
                + " show no device: their libraries are missing, or this container was not given the card";
    }

    /** The version of NVIDIA's driver, which OpenCL does not tell; empty where there is none. */
    Optional<String> nvidiaDriver() {
        try {
            return Optional.of(Files.readString(nvidiaVersion).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean registered(String vendor) {
        if (Files.isRegularFile(vendors)) {
            return vendors.getFileName().toString().startsWith(vendor);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(vendors, vendor + "*.icd")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            // No folder, or one that may not be read: the loader cannot read it either.
            return false;
        }
    }
}

package io.mambaspark.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import io.mambaspark.engine.DeviceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The device that was asked for, or why there is none.
 *
 * @param device null for none
 * @param reason a sentence for operators: why this one, or why none
 */
record DeviceChoice(OpenCLDevice device, String reason) {
    /** What precedes the name of any OpenCL device, GPU or not. */
    static final String NAMED = "opencl:";

    static DeviceChoice choose(String asked, GpuSettings settings, OpenClHost host) {
        Optional<String> missing = missing(settings, host);
        return missing.isPresent() ? new DeviceChoice(null, missing.get()) : among(listed(), asked, settings, host);
    }

    /** All devices that can be asked for, and why each is taken or not. */
    static List<DeviceReport> reports(String asked, GpuSettings settings, OpenClHost host) {
        if (missing(settings, host).isPresent()) {
            return List.of();
        }
        List<OpenCLDevice> all = listed();
        DeviceChoice choice = among(all, asked, settings, host);
        return all.stream().map(device -> choice.report(device, asked, host)).toList();
    }

    private static Optional<String> missing(GpuSettings settings, OpenClHost host) {
        return host.nothing().or(() -> AparapiLibrary.load(settings.nativeFolder()));
    }

    private static List<OpenCLDevice> listed() {
        try {
            return OpenCLDevice.listDevices(null);
        } finally {
            SignalHandlers.restore();
        }
    }

    private static DeviceChoice among(List<OpenCLDevice> all, String asked, GpuSettings settings, OpenClHost host) {
        return asked.startsWith(NAMED)
                ? named(asked.substring(NAMED.length()), all)
                : gpu(settings.address(), all, host);
    }

    private static DeviceChoice named(String name, List<OpenCLDevice> all) {
        for (OpenCLDevice device : all) {
            if (bears(device, name)) {
                return new DeviceChoice(device, "asked for by the name '" + name + "'");
            }
        }
        return new DeviceChoice(null, "no OpenCL device has '" + name + "' in its name; there is " + described(all));
    }

    private static boolean bears(OpenCLDevice device, String name) {
        return described(device).toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    private static DeviceChoice gpu(int address, List<OpenCLDevice> all, OpenClHost host) {
        List<OpenCLDevice> gpus = new ArrayList<>(all);
        gpus.removeIf(device -> !isGpu(device));
        if (address < gpus.size()) {
            return new DeviceChoice(gpus.get(address), "GPU " + address + " of " + gpus.size());
        }
        if (all.isEmpty()) {
            return new DeviceChoice(null, host.nvidiaHint().orElse(host.silent()));
        }
        if (!gpus.isEmpty()) {
            return new DeviceChoice(null, "there is no GPU " + address + "; there is " + described(gpus));
        }
        return new DeviceChoice(
                null,
                host.nvidiaHint()
                        .orElse("no OpenCL device is a GPU; there is " + described(all)
                                + ", which reads only if named, as in device=" + NAMED + "NAME"));
    }

    private static boolean isGpu(OpenCLDevice device) {
        return device.getType() == Device.TYPE.GPU;
    }

    private static String described(List<OpenCLDevice> devices) {
        return devices.isEmpty()
                ? "none"
                : String.join(
                        ", ", devices.stream().map(DeviceChoice::described).toList());
    }

    private static String described(OpenCLDevice device) {
        return device.getName() + " (" + device.getOpenCLPlatform().getName() + ", "
                + device.getOpenCLPlatform().getVersion() + ")";
    }

    private DeviceReport report(OpenCLDevice candidate, String asked, OpenClHost host) {
        String platform = candidate.getOpenCLPlatform().getName();
        String version = candidate.getOpenCLPlatform().getVersion();
        Optional<String> nvidia = platform.contains("NVIDIA") ? host.nvidiaDriver() : Optional.empty();
        return new DeviceReport(
                candidate.getName(),
                candidate.getType().name(),
                platform,
                nvidia.map(driver -> version + ", driver " + driver).orElse(version),
                candidate.getGlobalMemSize(),
                candidate == device,
                candidate == device ? reason : reasonAgainst(candidate, asked));
    }

    private String reasonAgainst(OpenCLDevice candidate, String asked) {
        if (asked.startsWith(NAMED)) {
            String name = asked.substring(NAMED.length());
            return bears(candidate, name)
                    ? "another device with '" + name + "' in its name comes first"
                    : "'" + name + "' is not in its name";
        }
        return isGpu(candidate)
                ? "spark.mamba." + GpuSettings.ADDRESS + " names another GPU"
                : "not a GPU: it reads only if named, as in device=" + NAMED + "NAME";
    }

    /** The device's name, for operators. */
    String name() {
        return device.getName();
    }
}

package io.mambaspark.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
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
        Optional<String> missing = host.nothing().or(() -> AparapiLibrary.load(settings.nativeFolder()));
        if (missing.isPresent()) {
            return new DeviceChoice(null, missing.get());
        }
        List<OpenCLDevice> all = OpenCLDevice.listDevices(null);
        if (asked.startsWith(NAMED)) {
            return named(asked.substring(NAMED.length()), all);
        }
        return gpu(settings.address(), all, host);
    }

    private static DeviceChoice named(String name, List<OpenCLDevice> all) {
        for (OpenCLDevice device : all) {
            if (described(device).toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
                return new DeviceChoice(device, "asked for by the name '" + name + "'");
            }
        }
        return new DeviceChoice(null, "no OpenCL device has '" + name + "' in its name; there is " + listed(all));
    }

    private static DeviceChoice gpu(int address, List<OpenCLDevice> all, OpenClHost host) {
        List<OpenCLDevice> gpus = new ArrayList<>(all);
        gpus.removeIf(device -> device.getType() != Device.TYPE.GPU);
        if (address < gpus.size()) {
            return new DeviceChoice(gpus.get(address), "GPU " + address + " of " + gpus.size());
        }
        if (!gpus.isEmpty()) {
            return new DeviceChoice(null, "there is no GPU " + address + "; there is " + listed(gpus));
        }
        return new DeviceChoice(
                null,
                host.nvidiaHint()
                        .orElse("no OpenCL device is a GPU; there is " + listed(all)
                                + ", which reads only if named, as in device=" + NAMED + "NAME"));
    }

    private static String listed(List<OpenCLDevice> devices) {
        return devices.isEmpty()
                ? "none"
                : String.join(
                        ", ", devices.stream().map(DeviceChoice::described).toList());
    }

    private static String described(OpenCLDevice device) {
        return device.getName() + " (" + device.getOpenCLPlatform().getName() + ", "
                + device.getOpenCLPlatform().getVersion() + ")";
    }

    /** The device's name, for operators. */
    String name() {
        return device.getName();
    }
}

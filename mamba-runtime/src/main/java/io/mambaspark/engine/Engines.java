package io.mambaspark.engine;

import io.mambaspark.engine.EngineProvider.Availability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The engines that are there, and the choice among them. */
public final class Engines {
    private Engines() {}

    /** The provider that {@code device} asks for, without settings. */
    public static EngineProvider choose(String device) {
        return choose(EngineOptions.defaults().withDevice(device));
    }

    /**
     * The provider that the options ask for.
     *
     * @throws EngineUnavailableException if there is none, or it cannot run here
     */
    public static EngineProvider choose(EngineOptions options) {
        String device = options.device();
        List<String> reasons = new ArrayList<>();
        for (EngineProvider provider : providers()) {
            if (!device.equals("auto") && !provider.serves(device)) {
                continue;
            }
            Availability availability = provider.availability(options);
            if (availability.available()) {
                return provider;
            }
            reasons.add(provider.device() + ": " + availability.reason());
        }
        throw new EngineUnavailableException(device, reasons);
    }

    /** All providers on the class path, the highest rank first. */
    public static List<EngineProvider> providers() {
        List<EngineProvider> found = new ArrayList<>();
        // The loader of this class, not the thread's: Spark runs tasks under loaders of its own.
        ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparingInt(EngineProvider::rank).reversed());
        return found;
    }
}

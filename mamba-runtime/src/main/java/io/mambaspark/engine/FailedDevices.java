package io.mambaspark.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that failed in this JVM: {@code auto} does not try them again. With other settings (another GPU, a smaller
 * share of its memory) a device counts as another.
 */
final class FailedDevices {
    private static final Logger LOG = LoggerFactory.getLogger(FailedDevices.class);

    private final Map<Place, DeviceException> failures = new ConcurrentHashMap<>();

    private record Place(String provider, Map<String, String> settings) {
        static Place of(EngineProvider provider, EngineOptions options) {
            return new Place(provider.device(), options.settings());
        }
    }

    /** How it failed, if it did. */
    Optional<DeviceException> failure(EngineProvider provider, EngineOptions options) {
        return Optional.ofNullable(failures.get(Place.of(provider, options)));
    }

    /** Remembers a failure; warns of the first. */
    void add(EngineProvider provider, EngineOptions options, DeviceException failure) {
        if (failures.putIfAbsent(Place.of(provider, options), failure) == null) {
            LOG.warn(
                    "Device {} failed and is not tried again by device=auto in this JVM, which reads on without it: {}",
                    provider.device(),
                    failure.getMessage().lines().findFirst().orElse("no reason was given"));
            LOG.debug("How device {} failed", provider.device(), failure);
        }
    }

    /** How many failed. */
    int count() {
        return failures.size();
    }
}

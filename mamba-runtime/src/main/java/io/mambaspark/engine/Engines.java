package io.mambaspark.engine;

import io.mambaspark.engine.EngineProvider.Availability;
import io.mambaspark.model.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The engines that are there, and the choice among them: {@code auto} takes the best that can run, and falls back to the
 * next when that fails, for as long as the JVM lives; any other device reads or fails.
 */
public final class Engines {
    /** The device that stands for the best one. */
    public static final String AUTO = "auto";

    private static final Engines HERE = new Engines(found());

    private final List<EngineProvider> providers;
    private final FailedDevices failed = new FailedDevices();

    /** Of these providers, the best first; tests bring their own. */
    Engines(List<EngineProvider> providers) {
        this.providers = providers;
    }

    /**
     * An engine that was looked at.
     *
     * @param provider  whose it is
     * @param available whether it can read here
     * @param reason    why or why not
     */
    public record Candidate(EngineProvider provider, boolean available, String reason) {}

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
        return first(options, HERE.providers);
    }

    /**
     * Loads a checkpoint into the engine that the options ask for.
     *
     * @throws EngineUnavailableException if there is none, or it cannot run here
     * @throws DeviceException            if the device that was named cannot hold the model
     */
    public static MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
        return HERE.load(checkpoint, options);
    }

    /**
     * The memory that {@link #create} would take; takes none yet.
     *
     * @throws EngineUnavailableException if there is no such engine, or it cannot run here
     * @throws DeviceException            if the device that was named cannot hold the model
     */
    public static EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
        return HERE.memory(checkpoint, options, HERE.providers);
    }

    /**
     * The options on which the weights of the engine depend that {@code options} ask for: models for which they are equal
     * can share their weights.
     *
     * @throws EngineUnavailableException if there is none, or it cannot run here
     */
    public static EngineOptions ofWeights(EngineOptions options) {
        return choose(options).ofWeights(options);
    }

    /** All engines that these options allow, the best first, and whether each could read: the first that can is taken. */
    public static List<Candidate> candidates(EngineOptions options) {
        return allowed(options, HERE.providers).stream()
                .map(provider -> HERE.candidate(provider, options))
                .toList();
    }

    /** How many devices have failed under {@code auto} since this JVM started. */
    public static int failures() {
        return HERE.failed.count();
    }

    /** All providers on the class path, the highest rank first. */
    public static List<EngineProvider> providers() {
        return HERE.providers;
    }

    private static List<EngineProvider> found() {
        List<EngineProvider> found = new ArrayList<>();
        // The loader of this class, not the thread's: Spark runs tasks under loaders of its own.
        ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparingInt(EngineProvider::rank).reversed());
        return List.copyOf(found);
    }

    MambaEngine load(Checkpoint checkpoint, EngineOptions options) {
        return load(checkpoint, options, providers);
    }

    private MambaEngine load(Checkpoint checkpoint, EngineOptions options, List<EngineProvider> among) {
        EngineProvider first = first(options, among);
        List<EngineProvider> rest = after(first, among);
        if (!options.device().equals(AUTO) || rest.isEmpty()) {
            return first.create(checkpoint, options);
        }
        return new FallbackEngine(
                () -> {
                    failed.failure(first, options).ifPresent(Engines::rethrow);
                    return first.create(checkpoint, options);
                },
                () -> load(checkpoint, options, rest),
                failure -> failed.add(first, options, failure));
    }

    private EngineMemory memory(Checkpoint checkpoint, EngineOptions options, List<EngineProvider> among) {
        EngineProvider first = first(options, among);
        List<EngineProvider> rest = after(first, among);
        if (!options.device().equals(AUTO) || rest.isEmpty()) {
            return first.memory(checkpoint, options);
        }
        try {
            failed.failure(first, options).ifPresent(Engines::rethrow);
            return first.memory(checkpoint, options);
        } catch (DeviceException e) {
            // As in load: the next engine reads then, which logs why.
            return memory(checkpoint, options, rest);
        }
    }

    private static List<EngineProvider> after(EngineProvider first, List<EngineProvider> among) {
        return among.subList(among.indexOf(first) + 1, among.size());
    }

    private static void rethrow(DeviceException earlier) {
        throw earlier;
    }

    private static EngineProvider first(EngineOptions options, List<EngineProvider> among) {
        List<String> reasons = new ArrayList<>();
        for (EngineProvider provider : allowed(options, among)) {
            Availability availability = provider.availability(options);
            if (availability.available()) {
                return provider;
            }
            reasons.add(provider.device() + ": " + availability.reason());
        }
        throw new EngineUnavailableException(options.device(), reasons);
    }

    private static List<EngineProvider> allowed(EngineOptions options, List<EngineProvider> among) {
        boolean auto = options.device().equals(AUTO);
        return among.stream()
                .filter(provider -> auto || provider.serves(options.device()))
                .toList();
    }

    private Candidate candidate(EngineProvider provider, EngineOptions options) {
        Optional<DeviceException> failure =
                options.device().equals(AUTO) ? failed.failure(provider, options) : Optional.empty();
        if (failure.isPresent()) {
            return new Candidate(
                    provider, false, "failed before: " + failure.get().getMessage());
        }
        Availability availability = provider.availability(options);
        return new Candidate(provider, availability.available(), availability.reason());
    }
}

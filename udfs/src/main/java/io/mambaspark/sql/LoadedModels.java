package io.mambaspark.sql;

import io.mambaspark.engine.EngineMemory;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a JVM, within a limit. Those that differ by blocks and threads only share their weights; when one needs
 * room, those that nobody uses leave, the one first whose last use is longest ago. Thread-safe: models are loaded one at a
 * time, and those that are loaded are lent meanwhile.
 */
final class LoadedModels {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final LongSupplier limit;
    private final ReentrantLock loading = new ReentrantLock();
    /** By last use, the one that was not used for longest first. */
    private final Map<Key, Shared> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /** Models differ by content and by how they are run; where the content came from does not matter. */
    record Key(String fingerprint, EngineOptions options) {}

    /** Loads a model. */
    interface Loader {
        /** Looks at the files, not at the weights. */
        Checkpoint open();

        /** Loads the weights. */
        MambaModel load(Checkpoint checkpoint);
    }

    /**
     * A model that was lent.
     *
     * @param model   for its borrower alone; nothing else may hold it
     * @param giveBack ends the loan, if {@code model} has not become unreachable before; any number of times
     */
    record Loan(MambaModel model, Runnable giveBack) {}

    /** A model that is loaded. */
    private static final class Shared {
        private final MambaModel model;
        private final Key key;
        /** Equal for models that may share their weights. */
        private final Key weights;
        /** Whose weights it shares; null if it loaded them. */
        private final Shared owner;

        private int users;

        private Shared(MambaModel model, Key key, Key weights, Shared owner) {
            this.model = model;
            this.key = key;
            this.weights = weights;
            this.owner = owner;
        }
    }

    /** @param limit bytes that all models may take */
    LoadedModels(LongSupplier limit) {
        this.limit = limit;
    }

    /**
     * Lends the model of {@code key}. It stays loaded until it is given back, or nobody can reach it any more.
     *
     * @throws MambaSqlException MAMBA_MODELS_MEMORY if it has no room beside the models in use
     */
    Loan lend(Key key, Loader loader) {
        Shared shared = use(key);
        if (shared == null) {
            loading.lock();
            try {
                shared = use(key);
                if (shared == null) {
                    shared = add(key, loader);
                }
            } finally {
                loading.unlock();
            }
        }
        MambaModel lent = shared.model.lent();
        Cleaner.Cleanable loan = CLEANER.register(lent, end(shared));
        return new Loan(lent, loan::clean);
    }

    /** Counts a user of a model, if it is loaded. */
    private synchronized Shared use(Key key) {
        Shared shared = loaded.get(key);
        if (shared != null) {
            shared.users++;
        }
        return shared;
    }

    /** Not in {@link #lend}: there it would hold what it waits to become unreachable. */
    private Runnable end(Shared shared) {
        return () -> {
            synchronized (this) {
                shared.users--;
                loaded.get(shared.key); // its last use
            }
        };
    }

    /** Loads a model, counted as in use. */
    private Shared add(Key key, Loader loader) {
        Key weights = new Key(key.fingerprint(), Engines.ofWeights(key.options()));
        Shared added = sharing(key, weights).orElseGet(() -> new Shared(load(key, loader), key, weights, null));
        synchronized (this) {
            added.users = 1;
            loaded.put(key, added);
        }
        return added;
    }

    private MambaModel load(Key key, Loader loader) {
        Checkpoint checkpoint = loader.open();
        EngineMemory needed = Engines.memory(checkpoint, key.options());
        makeRoom(needed.weightBytes() + needed.workspaceBytes(), checkpoint.name());
        return loader.load(checkpoint);
    }

    /** The same weights with other blocks or threads, if they are loaded. */
    private Optional<Shared> sharing(Key key, Key weights) {
        Shared owner = useOwner(weights);
        if (owner == null) {
            return Optional.empty();
        }
        try {
            return owner.model.sharing(key.options()).map(model -> {
                makeRoom(model.engine().workspaceBytes(), model.name());
                return new Shared(model, key, weights, owner);
            });
        } finally {
            end(owner).run();
        }
    }

    private synchronized Shared useOwner(Key weights) {
        for (Shared shared : loaded.values()) {
            if (shared.weights.equals(weights) && shared.owner == null) {
                shared.users++;
                return shared;
            }
        }
        return null;
    }

    private boolean isUsed(Shared shared) {
        return shared.users > 0 || loaded.values().stream().anyMatch(other -> other.owner == shared && other.users > 0);
    }

    /** An owner stays as long as another one shares its weights. */
    private Optional<Shared> oldestUnused() {
        return loaded.values().stream()
                .filter(shared -> shared.users == 0)
                .filter(shared -> loaded.values().stream().noneMatch(other -> other.owner == shared))
                .findFirst();
    }

    private synchronized void makeRoom(long needed, String name) {
        long most = limit.getAsLong();
        long inUse = bytes(this::isUsed);
        if (inUse + needed > most) {
            throw MambaSqlException.of(
                    "MAMBA_MODELS_MEMORY",
                    Map.of(
                            "model",
                            name,
                            "needed",
                            megabytes(needed),
                            "held",
                            megabytes(inUse),
                            "limit",
                            megabytes(most),
                            "key",
                            MambaConf.MODELS_MEMORY.name()));
        }
        Optional<Shared> unused = oldestUnused();
        while (unused.isPresent() && bytes() + needed > most) {
            Shared released = loaded.remove(unused.get().key);
            released.model.close();
            LOG.info("Mamba model {} released: {} needs its place", released.model.name(), name);
            unused = oldestUnused();
        }
    }

    /** The memory of all models. */
    synchronized long bytes() {
        return bytes(shared -> true);
    }

    private long bytes(Predicate<Shared> counted) {
        long bytes = 0;
        Set<Shared> owners = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Shared shared : loaded.values()) {
            if (counted.test(shared)) {
                bytes += shared.model.heldWorkspaceBytes();
                owners.add(shared.owner == null ? shared : shared.owner);
            }
        }
        return bytes
                + owners.stream().mapToLong(owner -> owner.model.weightBytes()).sum();
    }

    synchronized void forEach(Consumer<MambaModel> action) {
        loaded.values().forEach(shared -> action.accept(shared.model));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d", (bytes + (1 << 20) - 1) >> 20);
    }
}

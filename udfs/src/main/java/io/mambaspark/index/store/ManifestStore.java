package io.mambaspark.index.store;

import io.mambaspark.sql.MambaSqlException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of an index. The highest one that is whole is current; making it is the commit of a change. One above it counts as
 * a write that was never finished if its bytes are the beginning of what the next version could be. Anything else that is not
 * whole is damage, and nobody goes on as if it were missing. Thread-safe, also between machines.
 */
public final class ManifestStore {
    /** What refuses a change because another one was first. */
    public static final String CONCURRENT = "MAMBA_INDEX_CONCURRENT_BUILD";

    private static final Logger LOG = LoggerFactory.getLogger(ManifestStore.class);

    /** A manifest may be deleted by a change between the moments when it is listed and read. */
    private static final int TRIES = 3;

    private final IndexFolder folder;

    /** The manifests in {@code folder}. */
    public ManifestStore(IndexFolder folder) {
        this.folder = folder;
    }

    /** The name of a manifest's file. */
    public static String name(long version) {
        return ManifestNames.of(version);
    }

    /**
     * The manifests at one moment.
     *
     * @param current     the highest that is whole; empty if there is no index
     * @param uncommitted the versions above it of which a write was begun and not finished, in ascending order
     * @param next        a version above all of them
     */
    public record State(Optional<Manifest> current, List<Long> uncommitted, long next) {
        /** The version of the current manifest; 0 if there is none. */
        public long version() {
            return current.map(Manifest::version).orElse(0L);
        }
    }

    /**
     * The manifests as they are now.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT if one that could be current is damaged, MAMBA_INDEX_FORMAT_UNKNOWN,
     *                        MAMBA_INDEX_NOT_A_FOLDER or MAMBA_INDEX_UNREADABLE
     */
    public State state() {
        for (int tries = 1; ; tries++) {
            try {
                return look();
            } catch (FileNotFoundException e) {
                if (tries == TRIES) {
                    throw IndexFailure.reading(folder.root(), e);
                }
            }
        }
    }

    private State look() throws FileNotFoundException {
        ManifestNames names = names();
        TreeMap<Long, ManifestFile.Prefix> begun = new TreeMap<>();
        for (long version : names.highestFirst()) {
            ManifestFile.Content content = content(version);
            if (content instanceof ManifestFile.OtherFormat other) {
                throw formatUnknown(version, other.format());
            }
            if (content instanceof ManifestFile.Whole whole) {
                return new State(Optional.of(whole.manifest()), uncommitted(version, begun, names), names.next());
            }
            begun.put(version, (ManifestFile.Prefix) content);
        }
        return new State(Optional.empty(), uncommitted(0, begun, names), names.next());
    }

    /** Refuses what is no beginning of a version that could follow {@code base}. */
    private List<Long> uncommitted(long base, TreeMap<Long, ManifestFile.Prefix> begun, ManifestNames names) {
        long expected = base;
        for (Map.Entry<Long, ManifestFile.Prefix> each : begun.entrySet()) {
            long version = each.getKey();
            expected = names.firstFreeAbove(expected);
            if (version != expected || !each.getValue().canBe(version, base)) {
                throw IndexFailure.corrupt(
                        folder,
                        name(version),
                        "content",
                        "cut off",
                        "whole, as it is not the beginning of version " + expected + " made from " + base);
            }
            LOG.warn(
                    "{} is passed over: its write was not finished. No change deletes anything while it is there; the job"
                            + " index repair puts it aside",
                    folder.at(name(version)));
        }
        return List.copyOf(begun.keySet());
    }

    /**
     * The current manifest; empty if there is no index.
     *
     * @throws MambaSqlException as {@link #state}
     */
    public Optional<Manifest> current() {
        return state().current();
    }

    /**
     * The current manifest.
     *
     * @throws MambaSqlException MAMBA_INDEX_NOT_FOUND, or as {@link #state}
     */
    public Manifest open() {
        return current()
                .orElseThrow(() -> MambaSqlException.of("MAMBA_INDEX_NOT_FOUND", Map.of("path", folder.root())));
    }

    /** The versions of all manifests, whole or not, the highest first. */
    public List<Long> versions() {
        return names().highestFirst();
    }

    /** The version that the next change makes, whatever the manifests hold. */
    public long next() {
        return names().next();
    }

    private ManifestNames names() {
        try {
            folder.requireFolder();
            return ManifestNames.in(folder.names(""));
        } catch (IOException e) {
            throw IndexFailure.reading(folder.root(), e);
        }
    }

    /**
     * What is wrong with the manifests that are not whole, by the names of their files: also those below the current one, and
     * those that were put aside.
     */
    public Map<String, String> unreadable() {
        ManifestNames names = names();
        Map<String, String> problems = new TreeMap<>();
        for (long version : names.highestFirst()) {
            problem(version).ifPresent(problem -> problems.put(name(version), problem));
        }
        names.aside().forEach(name -> problems.put(name, "it was put aside by a repair"));
        return problems;
    }

    private Optional<String> problem(long version) {
        try {
            ManifestFile.Content content = ManifestFile.decode(bytes(version), version);
            if (content instanceof ManifestFile.OtherFormat other) {
                return Optional.of("its format is " + other.format());
            }
            return content instanceof ManifestFile.Prefix
                    ? Optional.of("its write was not finished")
                    : Optional.empty();
        } catch (Flaw flaw) {
            return Optional.of(flaw.getMessage());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts the manifest of a version aside: no reader sees it any more, and no change deletes what it may name.
     *
     * @throws MambaSqlException MAMBA_INDEX_NOT_WRITABLE
     */
    public void putAside(long version) {
        Path from = folder.path(name(version));
        Path to = folder.path(asideName(version));
        try {
            // A local file system would replace a file of that name.
            if (folder.fileSystem().exists(to) || !folder.fileSystem().rename(from, to)) {
                throw new IOException("it cannot be renamed to " + to);
            }
        } catch (IOException e) {
            throw IndexFailure.writing(from.toString(), e);
        }
    }

    /** The name of the manifest of a version when it is put aside. */
    public static String asideName(long version) {
        return ManifestNames.aside(version);
    }

    /**
     * The manifest of a version if it can be saved.
     *
     * @param sealed whether it is whole; one of which only the length or the checksum is damaged must be proved by the files that
     *               it names
     */
    public record Saved(Manifest manifest, boolean sealed) {}

    /**
     * The manifest of a version, as far as it can be saved; empty if it cannot.
     *
     * @throws MambaSqlException MAMBA_INDEX_FORMAT_UNKNOWN
     */
    public Optional<Saved> saved(long version) {
        try {
            byte[] bytes = bytes(version);
            return saved(version, bytes, true).or(() -> saved(version, bytes, false));
        } catch (Flaw | FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private Optional<Saved> saved(long version, byte[] bytes, boolean sealed) {
        try {
            ManifestFile.Content content =
                    sealed ? ManifestFile.decode(bytes, version) : ManifestFile.withoutSeal(bytes, version);
            if (content instanceof ManifestFile.OtherFormat other) {
                throw formatUnknown(version, other.format());
            }
            return content instanceof ManifestFile.Whole whole
                    ? Optional.of(new Saved(whole.manifest(), sealed))
                    : Optional.empty();
        } catch (Flaw flaw) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a file system on which two changes could both believe to be the next one.
     *
     * @param singleWriter whether the caller answers for it that there is only one
     * @throws MambaSqlException MAMBA_INDEX_NO_EXCLUSIVE_CREATE
     */
    public void requireExclusiveCreate(boolean singleWriter) {
        creation(singleWriter);
    }

    /**
     * Makes {@code manifest} current.
     *
     * @param singleWriter whether the caller answers for it that nobody else does the same
     * @throws MambaSqlException MAMBA_INDEX_CONCURRENT_BUILD when there is one of its number, or a whole one above the version
     *                        that it was made from
     */
    public void commit(Manifest manifest, boolean singleWriter) {
        refuseIfChanged(manifest.previous());
        create(manifest, singleWriter);
    }

    /**
     * The same whatever the other manifests hold: for a repair.
     *
     * @throws MambaSqlException MAMBA_INDEX_CONCURRENT_BUILD when there is one of its number
     */
    public void create(Manifest manifest, boolean singleWriter) {
        String name = name(manifest.version());
        byte[] bytes;
        try {
            bytes = ManifestFile.encode(manifest);
        } catch (Flaw flaw) {
            throw IndexFailure.corrupt(folder, name, flaw);
        }
        ExclusiveCreate creation = creation(singleWriter);
        try {
            folder.fileSystem().mkdirs(new Path(folder.root()));
            write(creation, manifest, bytes);
        } catch (IOException | FSError e) {
            throw IndexFailure.writing(folder.at(name), e);
        }
    }

    /**
     * Refuses to go on when the index is not at {@code version} any more.
     *
     * @throws MambaSqlException MAMBA_INDEX_CONCURRENT_BUILD
     */
    public void refuseIfChanged(long version) {
        long now = state().version();
        if (now != version) {
            throw concurrentBuild(now);
        }
    }

    private void write(ExclusiveCreate creation, Manifest manifest, byte[] bytes) throws IOException {
        Path file = folder.path(name(manifest.version()));
        OutputStream out;
        try {
            out = creation.create(file);
        } catch (IOException e) {
            if (folder.fileSystem().exists(file)) {
                throw concurrentBuild(manifest.version());
            }
            throw e;
        }
        try (out) {
            out.write(bytes);
        } catch (IOException e) {
            // A store that decides at the end refuses there; or the answer to a success got lost.
            Optional<Manifest> there = current().filter(found -> found.version() == manifest.version());
            if (there.isEmpty()) {
                throw e;
            }
            if (!there.get().equals(manifest)) {
                throw concurrentBuild(manifest.version());
            }
        }
    }

    private ExclusiveCreate creation(boolean singleWriter) {
        try {
            FileSystem fileSystem = folder.fileSystem();
            Optional<ExclusiveCreate> exclusive = ExclusiveCreate.in(fileSystem, new Path(folder.root()));
            if (exclusive.isEmpty() && !singleWriter) {
                throw MambaSqlException.of(
                        "MAMBA_INDEX_NO_EXCLUSIVE_CREATE",
                        Map.of(
                                "path",
                                folder.root(),
                                "scheme",
                                fileSystem.getUri().getScheme()));
            }
            return exclusive.orElse(file -> fileSystem.create(file, false));
        } catch (IOException e) {
            throw IndexFailure.reading(folder.root(), e);
        }
    }

    private ManifestFile.Content content(long version) throws FileNotFoundException {
        try {
            return ManifestFile.decode(bytes(version), version);
        } catch (Flaw flaw) {
            throw IndexFailure.corrupt(folder, name(version), flaw);
        }
    }

    private byte[] bytes(long version) throws FileNotFoundException, Flaw {
        Path file = folder.path(name(version));
        try {
            FileStatus status = folder.fileSystem().getFileStatus(file);
            if (!status.isFile()) {
                throw new Flaw("type", "a folder", "a file");
            }
            if (status.getLen() > SealedJson.MOST_BYTES) {
                throw new Flaw("length", status.getLen(), "at most " + SealedJson.MOST_BYTES);
            }
            try (InputStream in = folder.fileSystem().open(file)) {
                return in.readNBytes(SealedJson.MOST_BYTES);
            }
        } catch (FileNotFoundException e) {
            if (e.getMessage() != null && e.getMessage().contains("Permission denied")) { // of java.io
                throw IndexFailure.reading(file.toString(), e);
            }
            throw e;
        } catch (ChecksumException e) {
            throw new Flaw("content", e.getMessage(), "what Hadoop's checksum beside it says");
        } catch (IOException | FSError e) {
            throw IndexFailure.reading(file.toString(), e);
        }
    }

    private MambaSqlException concurrentBuild(long version) {
        return MambaSqlException.of(CONCURRENT, Map.of("path", folder.root(), "version", Long.toString(version)));
    }

    private MambaSqlException formatUnknown(long version, int format) {
        return MambaSqlException.of(
                "MAMBA_INDEX_FORMAT_UNKNOWN",
                Map.of(
                        "path", folder.root(),
                        "version", Long.toString(version),
                        "format", Integer.toString(format),
                        "known", Integer.toString(Manifest.FORMAT)));
    }
}

package io.mambaspark.index.store;

import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of an index. The one with the highest number that is whole is current; making it is the commit of a change.
 * Thread-safe, also between machines.
 */
public final class ManifestStore {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestStore.class);
    private static final Pattern NAME = Pattern.compile("manifest-([0-9]{1,18})\\.json");

    private final IndexFolder folder;

    /** The manifests in {@code folder}. */
    public ManifestStore(IndexFolder folder) {
        this.folder = folder;
    }

    /** The name of a manifest's file. */
    public static String name(long version) {
        return "manifest-" + version + ".json";
    }

    /**
     * The current manifest; empty if there is no index.
     *
     * @throws MambaSqlException MAMBA_INDEX_FORMAT_UNKNOWN
     */
    public Optional<Manifest> current() {
        for (long version : versions()) {
            try {
                return Optional.of(read(version));
            } catch (ManifestFile.Unreadable e) {
                if (e.format() >= 0) {
                    throw formatUnknown(version, e.format());
                }
                LOG.warn("{} is passed over: {}", folder.at(name(version)), e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * The current manifest.
     *
     * @throws MambaSqlException MAMBA_INDEX_NOT_FOUND or MAMBA_INDEX_FORMAT_UNKNOWN
     */
    public Manifest open() {
        return current()
                .orElseThrow(() -> MambaSqlException.of("MAMBA_INDEX_NOT_FOUND", Map.of("path", folder.root())));
    }

    /** The numbers of all manifests, whole or not, the highest first. */
    public List<Long> versions() {
        try {
            List<Long> versions = new ArrayList<>();
            for (String name : folder.names("")) {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    versions.add(Long.valueOf(matcher.group(1)));
                }
            }
            versions.sort(Comparator.reverseOrder());
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException("the manifests of " + folder.root() + " cannot be listed", e);
        }
    }

    /** The manifests above version {@code above} that are not whole, with what is wrong with them. */
    public Map<String, String> brokenAbove(long above) {
        Map<String, String> broken = new TreeMap<>();
        for (long version : versions()) {
            if (version > above) {
                try {
                    read(version);
                } catch (ManifestFile.Unreadable e) {
                    broken.put(name(version), e.getMessage());
                }
            }
        }
        return broken;
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
     * @throws MambaSqlException MAMBA_INDEX_CONCURRENT_BUILD when there is one of its number, or a whole one above the version that it was made from
     */
    public void commit(Manifest manifest, boolean singleWriter) {
        ExclusiveCreate creation = creation(singleWriter);
        refuseIfChanged(manifest.previous());
        byte[] bytes = ManifestFile.encode(manifest);
        try {
            folder.fileSystem().mkdirs(new Path(folder.root()));
            write(creation, manifest, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.at(name(manifest.version())) + " cannot be written", e);
        }
    }

    /**
     * Refuses to go on when the index is not at {@code version} any more.
     *
     * @throws MambaSqlException MAMBA_INDEX_CONCURRENT_BUILD
     */
    public void refuseIfChanged(long version) {
        long now = current().map(Manifest::version).orElse(0L);
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
            throw new UncheckedIOException("the file system of " + folder.root() + " cannot be reached", e);
        }
    }

    private Manifest read(long version) throws ManifestFile.Unreadable {
        try (InputStream in = folder.open(name(version))) {
            return ManifestFile.decode(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(folder.at(name(version)) + " cannot be read", e);
        }
    }

    private MambaSqlException concurrentBuild(long version) {
        return MambaSqlException.of(
                "MAMBA_INDEX_CONCURRENT_BUILD", Map.of("path", folder.root(), "version", Long.toString(version)));
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

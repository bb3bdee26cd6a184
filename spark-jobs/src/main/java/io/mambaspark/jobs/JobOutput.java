package io.mambaspark.jobs;

import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a job writes. Rows are written beside it, the folder of an earlier job is moved aside, and the new one
 * takes its place: where a folder is renamed in one step, the old or the new one is whole whenever a job is killed, and
 * {@link Leftovers} restores or removes the rest.
 */
final class JobOutput {
    private static final Logger LOG = LoggerFactory.getLogger(JobOutput.class);

    private final String job;
    private final FileSystem files;
    private final Path folder;
    private final boolean overwrite;
    private final Leftovers leftovers;

    private JobOutput(String job, FileSystem files, Path folder, boolean overwrite) {
        this.job = job;
        this.files = files;
        this.folder = folder;
        this.overwrite = overwrite;
        this.leftovers = new Leftovers(files, folder);
    }

    /**
     * Makes sure that a folder can be written when the rows are there, and that nothing is lost by it.
     *
     * @param job       its name
     * @param written   the folder
     * @param overwrite whether to replace what an earlier job wrote
     * @throws UsageException when it cannot
     */
    static JobOutput prepare(String job, Place written, boolean overwrite, Configuration hadoop) {
        String named = written.name();
        Path folder = written.path().path();
        if (folder.isRoot()) {
            throw new UsageException(named + " is the root of its file system: write to a folder in it.");
        }
        try {
            JobOutput output = new JobOutput(job, folder.getFileSystem(hadoop), folder, overwrite);
            output.leftovers.settle();
            output.refuseWhatIsThere(named);
            output.tryParent();
            return output;
        } catch (IOException e) {
            throw new UsageException(named + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private void refuseWhatIsThere(String named) throws IOException {
        if (!files.exists(folder)) {
            return;
        }
        if (!overwrite) {
            throw new UsageException(named + " exists: add --overwrite to replace it.");
        }
        if (!files.getFileStatus(folder).isDirectory()) {
            throw new UsageException(named + " is a file, and --overwrite replaces only folders that a job wrote.");
        }
        Optional<String> foreign = OutputContents.foreign(files, folder);
        if (foreign.isPresent()) {
            throw new UsageException(named + " holds " + foreign.get()
                    + ", and --overwrite replaces only what a job wrote: choose another folder, or delete this one.");
        }
    }

    /** Creates a folder: permissions alone do not show whether that works. */
    private void tryParent() throws IOException {
        Path attempt = leftovers.newFolder(UUID.randomUUID());
        if (!files.mkdirs(attempt) || !files.delete(attempt, true)) {
            throw new IOException("no folder can be created in " + folder.getParent());
        }
    }

    /**
     * Writes the folder.
     *
     * @param rows writes them into the folder whose path it gets, which does not exist yet
     * @throws MambaSqlException MAMBA_OUTPUT_NOT_REPLACED
     */
    void write(Consumer<String> rows) {
        UUID id = UUID.randomUUID();
        Path fresh = leftovers.newFolder(id);
        try {
            rows.accept(fresh.toString());
            OutputMarker.write(job, files, fresh);
        } catch (RuntimeException e) {
            leftovers.delete(fresh);
            throw e;
        } catch (IOException e) {
            leftovers.delete(fresh);
            throw new UncheckedIOException(e);
        }
        try {
            replaceBy(fresh, leftovers.oldFolder(id));
        } catch (IOException e) {
            throw MambaSqlException.of(
                    "MAMBA_OUTPUT_NOT_REPLACED",
                    Map.of("rows", fresh.toString(), "output", folder.toString(), "cause", e.toString()),
                    e);
        }
    }

    private void replaceBy(Path fresh, Path old) throws IOException {
        boolean replaces = overwrite && files.exists(folder);
        if (replaces) {
            move(files, folder, old);
        }
        try {
            if (replaces) {
                refuseForeign(old);
            }
            move(files, fresh, folder);
        } catch (IOException e) {
            if (replaces) {
                putBack(old, e);
            }
            throw e;
        }
        if (replaces) {
            leftovers.delete(old);
        }
    }

    /** What came into the folder while the job was reading; here nothing can come any more. */
    private void refuseForeign(Path old) throws IOException {
        Optional<String> foreign = OutputContents.foreign(files, old);
        if (foreign.isPresent()) {
            throw new IOException("it holds " + foreign.get() + " now, which no job wrote");
        }
    }

    private void putBack(Path old, IOException because) {
        try {
            move(files, old, folder);
        } catch (IOException e) {
            LOG.warn("{} is at {} now: the next run to this output moves it back", folder, old);
            because.addSuppressed(e);
        }
    }

    /** Renames a folder; never into or over another. */
    static void move(FileSystem files, Path from, Path to) throws IOException {
        if (RealPath.isLocal(files)) {
            // Hadoop would copy and delete where it cannot rename, as at a mount point.
            Files.move(RealPath.nio(from), RealPath.nio(to), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        if (files.exists(to) || !files.rename(from, to)) {
            throw new IOException(from + " cannot be renamed to " + to + (files.exists(to) ? ", which exists" : ""));
        }
        // A folder that came just now has swallowed the renamed one.
        if (files.exists(RealPath.child(to, from.getName()))) {
            throw new IOException("another job wrote " + to + " at the same time: the rows are inside of it");
        }
    }
}
